import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Snapshot } from '../../src/api/campaign.js';
import type { Ended } from '../support/campaign.js';
import { commandOf } from '../support/processes.js';

/** Counts of a campaign's work in its database; they never go back. */
export const countNames = ['entries', 'findings', 'tests', 'candidates', 'leads', 'solutions'] as const;
export type Counts = Readonly<Record<(typeof countNames)[number], number>>;

/** Numbers of a status line that only grow, and never become absurd. */
const growing = ['tests', 'candidates', 'declarations', 'corpus', 'leads', 'solutions', 'restarts'] as const;
const absurd = 2e9;

/** The counts of a database that is whole; an Error where it is not. */
export function countsOf(campaign: string): Counts {
  const database = new Database(join(campaign, 'campaign.sqlite'), { fileMustExist: true, timeout: 5000 });
  try {
    const whole = database.pragma('integrity_check', { simple: true });
    if (whole !== 'ok') throw new Error(`the database is damaged: ${String(whole)}`);
    const one = (sql: string): number => database.prepare(sql).pluck().get() as number;
    const last = (column: string): number => one(`SELECT coalesce(max(${column}), 0) FROM statistics`);
    return {
      entries: one('SELECT count(*) FROM corpus'),
      findings: one('SELECT count(*) FROM findings'),
      ...{ tests: last('tests'), candidates: last('candidates') },
      ...{ leads: last('leads'), solutions: last('solutions') },
    };
  } finally {
    database.close();
  }
}

/** Ids of the findings in a database. */
export function findingIdsOf(campaign: string): Set<string> {
  const database = new Database(join(campaign, 'campaign.sqlite'), { fileMustExist: true, timeout: 5000 });
  try {
    return new Set(database.prepare('SELECT id FROM findings').pluck().all() as string[]);
  } finally {
    database.close();
  }
}

/** Complaints about two status lines that follow one another: counts that go back, or are absurd. */
export function wrongStatus(before: Snapshot | undefined, after: Snapshot): string[] {
  return growing.flatMap((name) => {
    const [was, is] = [before?.[name] ?? 0, after[name]];
    if (!(is < absurd)) return `absurd count: ${name} is ${is}`;
    return is < was ? `count goes back: ${name} from ${was} to ${is}` : [];
  });
}

/** Complaints about how a program ended: expected are one line at most, no stack trace, a status that is documented. */
export function wrongEnd({ code, signal, stderr, stdout }: Ended, wasKilled: boolean): string[] {
  const wrong: string[] = [];
  if (wasKilled ? signal !== 'SIGKILL' : signal !== null) wrong.push(`ended by ${signal ?? 'no signal'}`);
  if (!wasKilled && ![0, 77, 78, 130, 143].includes(code ?? -1)) wrong.push(`status ${code}`);
  if (!/^(lean-fuzz: [^\n]+\n)?$/.test(stderr)) wrong.push(`more than a line: ${stderr.slice(0, 500)}`);
  if (code === 78 && stderr === '') wrong.push('status 78 without a line');
  const trace = /^\s+at .*|unexpected error.*|node:internal.*|Error: .*/m.exec(stderr + stdout);
  if (trace !== null) wrong.push(`a stack trace: ${trace[0].slice(0, 300)}`);
  return wrong;
}

/** Processes that have a word in their environment, which all below a campaign inherit. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(word);
      } catch {
        return false;
      }
    })
    .map((pid) => `${pid} ${commandOf(Number(pid)).slice(0, 120)}`);
}

/** Children of processes that have ended and that nobody has reaped. */
export function zombiesOf(parents: readonly number[]): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' && parents.includes(Number(parent)) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** Files that somebody has begun and left. */
export function leftoversIn(...folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /(^|\/)\.[^/]+$|\.tmp$/.test(path))
        .filter((path) => !path.endsWith('.campaign'))
        .map((path) => join(folder, path)),
    );
}
