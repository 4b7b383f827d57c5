import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputJsonSchema, outputLine } from '../../../../src/report/json/line-schema.js';
import { packageRoot } from '../../../../src/util/package.js';

describe('the schema of --json', () => {
  it('is in the package as the code has it ("npm run schema" writes it)', () => {
    const packed = JSON.parse(readFileSync(join(packageRoot, 'schema', 'output.json'), 'utf8')) as object;
    expect(packed).toEqual(outputJsonSchema());
    const { files } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      files: string[];
    };
    expect(files).toContain('schema');
  });

  it('lets new fields come, and nothing go away', () => {
    const line = { type: 'notice', version: 1, text: 'x' };
    expect(outputLine.safeParse({ ...line, more: 1 }).success).toBe(true);
    expect(JSON.stringify(outputJsonSchema())).not.toContain('"additionalProperties":false');
    expect(outputLine.safeParse({ type: 'notice', version: 1 }).success).toBe(false);
    expect(outputLine.safeParse({ ...line, version: 2 }).success).toBe(false);
  });
});
