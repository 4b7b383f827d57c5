import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigFile } from '../../../src/options/config-file.js';
import { UserError } from '../../../src/util/errors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('readConfigFile', () => {
  it('has nothing to say where there is no such file', async () => {
    expect(await readConfigFile(temporaryFolder())).toEqual([]);
  });

  it.each([
    ['json', '{ "depth": 3, "timeMillis": "2m" }'],
    ['mjs', "export default { depth: 3, timeMillis: '2m', seed: undefined }"],
    [
      'ts',
      "import type { ConfigFile } from 'lean-fuzz'; export default { depth: 3, timeMillis: 120_000 } satisfies ConfigFile",
    ],
  ])('reads a .%s', async (ending, text) => {
    const file = `lean-fuzz.config.${ending}`;
    const folder = folderWith({ [file]: text });
    expect(await readConfigFile(folder)).toEqual([
      { key: 'depth', name: `${join(folder, file)}: depth`, from: 'file', value: 3 },
      { key: 'timeMillis', name: `${join(folder, file)}: timeMillis`, from: 'file', value: 120_000 },
    ]);
  });

  it.each([
    ['{', /no JSON: /],
    ['[]', /got "\[\]", expected an object of options$/],
    ['null', /got "null", expected an object of options$/],
    ['{ "__proto__": { "depth": 3 } }', /got "__proto__", expected an option as docs/],
    ['{ "constructor": { "prototype": {} } }', /got "constructor", expected an option as docs/],
    ['{ "dept": 3 }', /got "dept", expected an option as docs\/options.md names it; did you mean depth\?$/],
    ['{ "time": 3 }', /got "time", .*; did you mean timeMillis\?$/],
    ['{ "mutator": 3 }', /got "mutator", .*; did you mean mutators\?$/],
    ['{ "signal": 3 }', /got "signal", expected an option as docs\/options.md names it$/],
    ['{ "constructor": 3 }', /got "constructor", expected an option/],
    ['{ "timeMillis": "soon" }', /timeMillis: got "soon", expected a time such as/],
  ])('refuses %s in one line', async (text, message) => {
    const folder = folderWith({ 'lean-fuzz.config.json': text });
    const refused = readConfigFile(folder);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/^[^\n]*lean-fuzz\.config\.json[^\n]*$/);
  });

  it('refuses two of them, and a module that throws', async () => {
    const two = folderWith({ 'lean-fuzz.config.json': '{}', 'lean-fuzz.config.mjs': 'export default {}' });
    await expect(readConfigFile(two)).rejects.toThrow(/config file: got ".*mjs", expected one in a folder/);
    const bad = folderWith({ 'lean-fuzz.config.mjs': 'export default {};\nnull.x;' });
    await expect(readConfigFile(bad)).rejects.toThrow(/lean-fuzz\.config\.mjs can't be loaded: .*mjs:2/);
  });
});
