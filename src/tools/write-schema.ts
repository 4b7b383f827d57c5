import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputJsonSchema } from '../report/json/line-schema.js';
import { packageRoot } from '../util/package.js';

writeFileSync(join(packageRoot, 'schema', 'output.json'), `${JSON.stringify(outputJsonSchema(), null, 2)}\n`);
