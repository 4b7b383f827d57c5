#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await (await import(main.href)).main(process.argv);
} else {
  process.stderr.write('lean-fuzz: not built yet: run "npm run build:ts" in the package folder\n');
  process.exitCode = 78;
}
