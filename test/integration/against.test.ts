import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import type { Opinion } from '../../src/api/opinion.js';
import { minimize, replay } from '../../src/index.js';
import { leanFuzz, Running, summaryOf } from '../support/campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { commandOf, descendantsOf } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { wrongBuild } from '../support/wrong-build.js';

const native = await nativeLean('--against');

interface Lead {
  readonly folder: string;
  readonly signature: string;
  readonly reasons: readonly string[];
  readonly units: readonly unknown[];
}

function differencesIn(campaign: string): Lead[] {
  const leads = join(campaign, 'leads');
  if (!existsSync(leads)) return [];
  const all = readdirSync(leads).map((name) => {
    const folder = join(leads, name);
    return {
      folder,
      ...(JSON.parse(readFileSync(join(folder, 'finding.json'), 'utf8')) as Omit<Lead, 'folder'>),
    };
  });
  return all.filter(({ signature }) => signature.startsWith('difference '));
}

function opinionsIn({ folder }: Lead): Opinion[] {
  return (JSON.parse(readFileSync(join(folder, 'opinions.json'), 'utf8')) as { opinions: Opinion[] })
    .opinions;
}

/** Options of a short campaign on one core. */
function campaign(folder: string, lean: string, ...more: readonly string[]): string[] {
  return [
    ...['--json', '--campaign', folder, '--solutions', join(folder, 'solutions'), '--level', 'kernel'],
    ...['--cores', '1', '--seed', '1', '--lean', lean, ...more],
  ];
}

describe('--against', () => {
  it.each([
    [
      ['--level', 'source', '--against', 'embedded'],
      /--against: got "embedded", expected --level kernel or both/,
    ],
    [
      ['--level', 'kernel', '--against', 'embedded'],
      /--against: got "embedded", expected another Lean than 4\.28\.0/,
    ],
    [['--level', 'kernel', '--against', '/no/such/lean'], /--against: got "\/no\/such\/lean", expected /],
    [['--level', 'kernel', '--against', ''], /--against: got .*, expected /],
    [
      ['--target', 'lake', '--against', 'embedded'],
      /--against: got "embedded", expected none: the Lake target/,
    ],
  ])('refuses %j in one line, and leaves nothing behind', async (args, line) => {
    const folder = join(temporaryFolder(), 'campaign');
    const lean = args.includes('lake') ? [] : ['--lean', 'embedded'];
    const { code, stderr } = await leanFuzz(['--campaign', folder, '--time', '1s', ...lean, ...args]);
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });
});

describe.skipIf(native === undefined)('a campaign against other native Leans', () => {
  const real = native as NativeLean;

  it('finds the bug of a wrong build, as one small lead of a cause, and says what everybody answers', async () => {
    const folder = temporaryFolder();
    const wrong = wrongBuild(real);
    const ended = await leanFuzz(campaign(folder, real.root, '--against', wrong, '--runs', '60'));
    expect(ended.code).toBe(0);
    const { opinions } = summaryOf(ended);
    expect(opinions?.asked).toBeGreaterThan(60);
    expect(opinions?.different).toBeGreaterThan(0);
    expect(new Set(opinions?.verdicts.map(({ by }) => by)).size).toBe(2);
    const differences = differencesIn(folder);
    expect(new Set(differences.map(({ signature }) => signature)).size).toBe(differences.length);
    const lead = differences.find(({ signature }) => signature.includes('data out of a proof'));
    expect(lead?.units.length).toBeLessThan(4);
    const opinionsOnIt = opinionsIn(lead as Lead);
    expect(opinionsOnIt.map(({ answer }) => answer.kind)).toEqual(['refuses', 'accepts']);
    // The lead's own folder says who has to be asked again.
    const again = await leanFuzz(['replay', lead?.folder ?? '', '--times', '1']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(/^round 1: reproduced: .* refuses: .*; .* accepts; in theory: refused/);
    const smaller = await leanFuzz(['minimize', lead?.folder ?? '', '--time', '2s']);
    expect(smaller).toMatchObject({ code: 0, stderr: '' });
    expect(smaller.stdout).toMatch(/^\d+ declarations? of size \d+ -> \d+ declarations? of size \d+/);
    // A program need not say who, either.
    const folderOfLead = lead?.folder ?? '';
    expect(await replay(folderOfLead, { times: 1 })).toMatchObject({ kind: 'lead', isStable: true });
    const made = await minimize(folderOfLead, { timeMillis: 1000, out: temporaryFolder() });
    expect(made).toMatchObject({ kind: 'accepts', finding: { verdict: { kind: 'lead' } } });
    const alone = await leanFuzz(['replay', lead?.folder ?? '', '--against', real.root]);
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toMatch(/^lean-fuzz: --against: got [^\n]+, expected another Lean than [^\n]+\n$/);
    await leanFuzz(['report', folder]);
    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(report).toContain('## Who answers what');
    expect(report).toContain('| theorem |');
  }, 300_000);

  it('goes on, and ends in order, when those who are asked are killed', async () => {
    const folder = temporaryFolder();
    const running = new Running(
      campaign(folder, real.root, '--kernel-mutant', 'prop-projection', '--against', real.root),
    );
    const deskOf = (): number | undefined =>
      descendantsOf(running.pid).find(({ pid }) => commandOf(pid).includes('desk-main'))?.pid;
    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition() && !running.hasEnded) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await until(() => (running.status?.opinions?.asked ?? 0) > 0);
    const desk = deskOf() ?? 0;
    // A zygote of the desk first: it is replaced; then the desk itself, which is started again.
    const [zygote] = descendantsOf(desk).filter(({ parent }) => parent === desk);
    process.kill(zygote?.pid ?? 0, 'SIGKILL');
    const asked = running.status?.opinions?.asked ?? 0;
    await until(() => (running.status?.opinions?.asked ?? 0) > asked);
    process.kill(desk, 'SIGKILL');
    await until(() => deskOf() !== undefined && deskOf() !== desk);
    const again = running.status?.opinions?.asked ?? 0;
    await until(() => (running.status?.opinions?.asked ?? 0) > again && differencesIn(folder).length > 0);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect([0, 77]).toContain(ended.code);
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'signal' });
    expect(ended.stdout).toContain('is being replaced');
    expect(ended.stdout).toContain('it is started again');
    expect(differencesIn(folder).length).toBeGreaterThan(0);
  }, 300_000);

  it('compares the embedded Lean with a native one, and tells which differences are known', async () => {
    const folder = temporaryFolder();
    const ended = await leanFuzz(campaign(folder, 'embedded', '--against', real.root, '--runs', '60'));
    expect(summaryOf(ended).opinions?.asked).toBeGreaterThan(60);
    for (const { signature, reasons } of differencesIn(folder)) {
      expect(signature).toMatch(/^difference known: /);
      expect(reasons.join('\n')).toMatch(/known: .*#\d+/);
    }
  }, 300_000);
});
