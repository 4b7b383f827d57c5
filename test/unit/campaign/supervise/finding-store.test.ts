import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../../../src/api/entries.js';
import { findingAt } from '../../../../src/campaign/offline/load-stored.js';
import { FindingStore } from '../../../../src/campaign/supervise/finding-store.js';
import { findingId } from '../../../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { readCampaign } from '../../../../src/store/read-campaign.js';
import { loadFinding } from '../../../../src/store/load-finding.js';
import {
  candidate,
  claim,
  finding,
  leadVerdict,
  signatureNamed,
  unit,
  verdict,
} from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** A store of a campaign in a folder, and what it says. */
function storeIn(campaignFolder: string, solutionsFolder: string) {
  const path = join(campaignFolder, 'campaign.sqlite');
  const database = CampaignDatabase.open(path);
  onTestFinished(() => database.close());
  const said = { findings: [] as string[], folders: [] as string[], notices: [] as string[] };
  const known: (string | undefined)[] = [];
  const store = new FindingStore(database, {
    ...{ campaignFolder, solutionsFolder, leadsFolder: join(campaignFolder, 'leads'), known: [] },
    ...{ target: 'embedded', lean: embedded, mutant: undefined, elapsedSeconds: () => 1 },
    onFinding: (_, folder, cause) => {
      said.findings.push(folder);
      known.push(cause);
    },
    onFolder: (_, folder) => said.folders.push(folder),
    notice: (text) => said.notices.push(text),
  });
  return { database, store, said, known, path };
}

function found(text: string, signature = 'one'): Finding {
  return finding({
    candidate: candidate({ units: [unit({ text })] }),
    verdict: verdict({ signature: signatureNamed(signature) }),
  });
}

describe('a finding', () => {
  it('has an id of its content and claim, which a smaller form of the same cause takes over', () => {
    const campaign = temporaryFolder();
    const { database, store, said } = storeIn(campaign, join(campaign, 'solutions'));
    const large = found('def large := 1');
    const id = findingId(large.candidate, claim);
    expect(findingId(large.candidate, undefined)).not.toBe(id);
    store.store(large);
    const folder = join(campaign, 'solutions', `solution-${id}`);
    expect(said).toEqual({ findings: [folder], folders: [folder], notices: [] });
    writeFileSync(join(folder, 'native.json'), 'an answer');
    store.store(found('def s := 1'));
    expect(said).toEqual({ findings: [folder], folders: [folder, folder], notices: [] });
    expect(readdirSync(join(campaign, 'solutions'))).toEqual([`solution-${id}`]);
    expect(loadFinding(folder).file).toMatchObject({
      id,
      text: expect.stringContaining('def s := 1') as string,
    });
    expect(readFileSync(join(folder, 'native.json'), 'utf8')).toBe('an answer');
    expect(readdirSync(join(folder, 'history'))).toHaveLength(1);
    store.store(found('def not_smaller := 1'));
    expect(said.folders).toHaveLength(2);
    expect(database.findings.byId(id)).toMatchObject({ folder: `solution-${id}` });
  });

  it('has an id of its own where the same units are odd in two ways', () => {
    const campaign = temporaryFolder();
    const { store, said } = storeIn(campaign, join(campaign, 'solutions'));
    store.store(found('def f := 1', 'one'));
    store.store(found('def f := 1', 'two'));
    expect(new Set(said.findings).size).toBe(2);
    expect(new Set(said.folders).size).toBe(2);
  });
});

describe('a finding whose folder can not be written', () => {
  it('is safe in the database, named with a command, and written when that becomes possible', () => {
    const campaign = temporaryFolder();
    const solutions = join(campaign, 'solutions');
    writeFileSync(solutions, 'a file in its place');
    const { store, said } = storeIn(campaign, solutions);
    const lost = found('def f := 1');
    const id = findingId(lost.candidate, claim);
    store.store(lost);
    const folder = join(solutions, `solution-${id}`);
    expect(said).toMatchObject({ findings: [folder], folders: [] });
    expect(said.notices).toHaveLength(1);
    expect(said.notices[0]).toContain(`replay with: npx lean-fuzz replay ${campaign} ${id}`);
    const loaded = findingAt(campaign, id);
    expect(loaded).toMatchObject({ candidate: lost.candidate, claim, file: { id, kind: 'solution' } });
    store.retry(true);
    expect(said.notices).toHaveLength(1);
    rmSync(solutions);
    store.retry(true);
    expect(said.folders).toEqual([folder]);
    expect(said.notices[1]).toContain('is written now');
    expect(loadFinding(folder).file.id).toBe(id);
  });

  it('gets it from the next run of the campaign', () => {
    const campaign = temporaryFolder();
    const solutions = join(campaign, 'solutions');
    writeFileSync(solutions, '');
    const first = storeIn(campaign, solutions);
    first.store.store(found('def f := 1'));
    first.database.close();
    rmSync(solutions);
    const { store, said } = storeIn(campaign, solutions);
    store.retry();
    expect(said.folders).toHaveLength(1);
    expect(existsSync(join(said.folders[0] ?? '', 'finding.json'))).toBe(true);
    store.retry(true);
    expect(said.folders).toHaveLength(1);
  });
});

describe('a finding of a database from elsewhere', () => {
  it('is refused in one line where its bytes are none', () => {
    const campaign = temporaryFolder();
    const { store, database, path } = storeIn(campaign, join(campaign, 'solutions'));
    store.store(found('def f := 1'));
    const id = findingId(found('def f := 1').candidate, claim);
    database.close();
    const breaker = new Database(path);
    breaker.exec("UPDATE findings SET finding = x'00ff'");
    breaker.close();
    expect(() => findingAt(campaign, id)).toThrow(/expected a finding as this version writes them/);
    expect(() => findingAt(campaign, '../x')).toThrow(/got "..\/x", expected the id of a finding/);
  });
});

describe('a finding that has no name yet', () => {
  const unnamed = (text: string, asked = 'provisional'): Finding => ({
    ...found(text, asked),
    form: 'found',
  });
  const named = (text: string, signature: string, asked = 'provisional'): Finding => ({
    ...found(text, signature),
    asked: found(text, asked).verdict.signature,
  });
  const newStore = () => {
    const campaign = temporaryFolder();
    const solutions = join(campaign, 'solutions');
    return { ...storeIn(campaign, solutions), solutions };
  };
  const rowsOf = (database: CampaignDatabase) =>
    ['provisional', 'other', 'one', 'two'].flatMap((name) => {
      const row = database.findings.find('solution', signatureNamed(name));
      return row === undefined ? [] : [{ name, form: row.form, id: row.id }];
    });

  it('is heard of when it has one, under the id that it had', () => {
    const { database, store, said } = newStore();
    store.store(unnamed('def f := 1'));
    expect(said).toEqual({ findings: [], folders: [], notices: [] });
    expect(store.solutions).toBe(1);
    const id = rowsOf(database)[0]?.id ?? '';
    store.store(named('def g := 1', 'one'));
    expect(rowsOf(database)).toEqual([{ name: 'one', form: 'named', id }]);
    expect(said.findings).toEqual([expect.stringContaining(`solution-${id}`)]);
    expect(store.solutions).toBe(1);
  });

  it('joins the finding of that name, and so do those that are found like it later', () => {
    const { database, store, said } = newStore();
    store.store(found('def of := 1', 'one'));
    store.store(unnamed('def f := 1'));
    store.store(named('def a := 1', 'one'));
    store.store(unnamed('def h := 1'));
    expect(rowsOf(database)).toMatchObject([{ name: 'one' }]);
    expect(said.findings).toHaveLength(1);
    // The smaller form went into the folder that had been announced.
    expect(said.folders).toEqual([said.findings[0], said.findings[0]]);
    expect(loadFinding(said.findings[0] ?? '').file.text).toContain('def a := 1');
  });

  it('is told from one that was found alike and came to another name', () => {
    const { database, store, said } = newStore();
    store.store(unnamed('def f := 1'));
    store.store(named('def f := 1', 'one'));
    store.store(named('def g := 1', 'two'));
    expect(rowsOf(database).map(({ name }) => name)).toEqual(['one', 'two']);
    expect(said.findings).toHaveLength(2);
  });

  it('is announced at the end under its provisional name, and keeps its folder when it gets another', () => {
    const { database, store, said } = newStore();
    store.store(unnamed('def f := 1'));
    store.announceUnnamed();
    expect(said.findings).toHaveLength(1);
    expect(database.findings.unnamed()).toEqual([]);
    store.store(named('def a := 1', 'one'));
    expect(said.findings).toHaveLength(1);
    expect(said.folders).toEqual([said.findings[0], said.findings[0]]);
    expect(loadFinding(said.findings[0] ?? '').file.text).toContain('def a := 1');
    // Its announced folder stays, also where another one has that name by now.
    store.store(unnamed('def h := 1', 'other'));
    store.announceUnnamed();
    store.store(named('def h := 1', 'one', 'other'));
    expect(rowsOf(database).map(({ name }) => name)).toEqual(['other', 'one']);
  });

  it('stays when it was announced, also where its folder could not be written then', () => {
    const { database, store, said, solutions } = newStore();
    store.store(found('def of := 1', 'one'));
    store.store(unnamed('def f := 1'));
    const id = rowsOf(database)[0]?.id ?? '';
    rmSync(solutions, { recursive: true });
    writeFileSync(solutions, 'in the way');
    store.announceUnnamed();
    expect(said.findings.at(-1)).toBe(join(solutions, `solution-${id}`));
    expect(said.notices).toHaveLength(1);
    rmSync(solutions);
    store.store(named('def f := 1', 'one'));
    expect(rowsOf(database).map(({ name }) => name)).toEqual(['provisional', 'one']);
    expect(said.findings).toHaveLength(2);
    store.retry(true);
    expect(loadFinding(said.findings[1] ?? '').file.id).toBe(id);
  });
});

describe('a lead that another machine has found first', () => {
  const lead = finding({ verdict: leadVerdict({ signature: signatureNamed('one') }) });
  const origin = {
    ...{ target: 'embedded' as const, lean: embedded, mutant: undefined },
    ...{ machine: 'far', elapsedSeconds: 1, known: undefined },
  };

  it.each([
    ['and nothing is known of', undefined, 'found first by far'],
    ['and a baseline knows there', 'a note', 'found first by far: a note'],
    // A baseline's note is no word of ours, whatever it looks like.
    ['and a baseline knows in our words', 'found first by me', 'found first by far: found first by me'],
  ])('is no news, %s', (_, known, expected) => {
    const campaign = temporaryFolder();
    const { database, store, known: heard } = storeIn(campaign, join(campaign, 'solutions'));
    store.store(lead, { ...origin, known });
    for (const size of ['def longer := 1', 'def s := 1'])
      store.store({ ...lead, candidate: candidate({ units: [unit({ text: size })] }) });
    expect(heard).toEqual([expected]);
    const [id = ''] = database.findings.ids();
    expect(database.findings.byId(id)).toMatchObject({
      ...{ machine: null, known: known ?? null, foundFirstBy: 'far' },
    });
    expect(database.countSignatures()).toMatchObject({ newLeads: 0, knownLeads: 1 });
    const { folder } = database.findings.byId(id) ?? {};
    expect(loadFinding(join(campaign, 'leads', folder ?? '')).file.known).toBe(expected);
    expect(readCampaign(campaign).findings).toMatchObject([{ known: expected }]);
  });

  it('is news where a proof of False was sent: nobody is believed', () => {
    const campaign = temporaryFolder();
    const { store, known } = storeIn(campaign, join(campaign, 'solutions'));
    store.store(found('def s := 1'), { ...origin, known: 'a note' });
    store.store(found('def s := 1'));
    expect(known).toEqual([undefined]);
  });
});
