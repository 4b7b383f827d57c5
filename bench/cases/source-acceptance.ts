import { closeSync } from 'node:fs';
import type { Candidate, Unit } from '../../src/api/candidate.js';
import type { Execution } from '../../src/api/execution.js';
import { jobFor } from '../../src/judge/ask/job.js';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { contentOf } from '../../src/generate/source/unit-of.js';
import { TextUnit } from '../../src/ir/unit/text-unit.js';
import { leanTextOf } from '../../src/ir/unit/unit.js';
import { makeCandidate } from '../../src/generate/schedule.js';
import { featuresOf } from '../../src/judge/features.js';
import { SharedRegion } from '../../src/share/region.js';
import { Random } from '../../src/util/random.js';
import { runCampaign } from '../campaign.js';
import type { BenchCase, Goal, Measurement } from '../case.js';
import { seedLikePrefix } from '../seed-like-grammar.js';

const depths = [15, 30, 60];
/** Goals of the source level: accepted declarations by depth in percent, and whole prefixes at the first depth. */
const declarationGoals: Record<number, Goal> = {
  15: { atLeast: 85 },
  30: { atLeast: 70 },
  60: { atLeast: 60 },
};
const prefixGoals: Record<number, Goal> = { 15: { atLeast: 60 } };
const emptyCorpus = { size: 0, pick: (): undefined => undefined };

/** Fresh candidates of the source level: what Lean accepts of them, and how much is in them. */
export const sourceAcceptance: BenchCase = {
  name: 'source-acceptance',
  about: 'what Lean accepts of the source level, and how varied it is, against a grammar without types',
  async run({ quick, note }) {
    const count = quick ? 20 : 150;
    const rows = await onExecutor(async (client) => {
      const measured: Measurement[] = [];
      for (const depth of depths) {
        note(`depth ${depth}`);
        // The two take turns, so that a slow minute hits both.
        const typed = new Tally('typed');
        const plain = new Tally('grammar');
        for (let run = 0; run < count; run++) {
          await typed.take(client, candidateOf(run, depth));
          await plain.take(client, grammarCandidate(run, depth));
        }
        measured.push(
          ...typed.rows(depth, declarationGoals[depth], prefixGoals[depth]),
          ...plain.rows(depth),
        );
      }
      return measured;
    });
    note('content of fresh candidates');
    rows.push(...content(quick ? 500 : 10_000));
    note('a campaign');
    rows.push(...(await generationShare(quick ? '10s' : '60s')));
    return rows;
  },
};

function candidateOf(run: number, depth: number): Candidate {
  return makeCandidate({ seed: 1, depth, level: 'source' }, run, emptyCorpus);
}

function grammarCandidate(run: number, depth: number): Candidate {
  const units = seedLikePrefix(Random.of(1, run, depth), depth).map(
    (text) => new TextUnit({ kind: text.split(' ', 1)[0] ?? '' }, text),
  );
  return { level: 'source', lineage: { seed: 1, run, parents: [], mutators: [], categories: [] }, units };
}

/** Totals of the candidates of one generator. */
class Tally {
  private declarations = 0;
  private accepted = 0;
  private candidates = 0;
  private whole = 0;
  private millis = 0;
  private readonly features = new Set<number>();

  constructor(private readonly generator: string) {}

  async take(client: ExecutorClient, candidate: Candidate): Promise<void> {
    const startedAt = performance.now();
    const [execution] = await client.run([jobFor(candidate, [])]);
    this.millis += performance.now() - startedAt;
    if (execution === undefined) return;
    // Kernel-level shapes and templates are the same observations for both; the kinds of units are not, and left out.
    const anonymous = { ...candidate, units: candidate.units.map((unit) => unit.with({ kind: '' })) };
    featuresOf(anonymous, execution).forEach((feature) => this.features.add(feature));
    this.count(candidate, execution);
  }

  private count({ units }: Candidate, { steps }: Execution): void {
    const answers = units.flatMap(({ kind }, i) =>
      kind === 'options' ? [] : [steps[i]?.outcome.kind === 'accepted'],
    );
    const good = answers.filter((answer) => answer).length;
    this.declarations += answers.length;
    this.accepted += good;
    this.candidates++;
    if (good === answers.length) this.whole++;
  }

  rows(depth: number, declarations?: Goal, prefixes?: Goal): Measurement[] {
    const row = (name: string, sample: number, unit: string, goal?: Goal): Measurement => ({
      name: `${this.generator}, depth ${depth}: ${name}`,
      samples: [sample],
      unit,
      ...(goal === undefined ? {} : { goal }),
    });
    return [
      row('declarations accepted', (100 * this.accepted) / this.declarations, '%', declarations),
      row('prefixes accepted as a whole', (100 * this.whole) / this.candidates, '%', prefixes),
      row('different features', this.features.size, 'count'),
      row('different features a minute', this.features.size / (this.millis / 60_000), '1/min'),
    ];
  }
}

/** How rich and how different fresh candidates are; nothing is executed. */
function content(count: number): Measurement[] {
  const startedAt = performance.now();
  const candidates = Array.from({ length: count }, (_, run) => candidateOf(run, 15));
  const millis = (performance.now() - startedAt) / count;
  const rich = candidates.filter(({ units }) => units.some(isRich)).length;
  const shapes = new Set(candidates.map(({ units }) => units.map(shapeOf).join('\n')));
  const plain = Array.from({ length: count }, (_, run) => grammarCandidate(run, 15));
  const plainShapes = new Set(plain.map(({ units }) => units.map(shapeOf).join('\n')));
  const per10000 = (distinct: number): number => (distinct / count) * 10_000;
  return [
    {
      name: 'typed: candidates with a rich inductive type',
      samples: [(100 * rich) / count],
      unit: '%',
      goal: { atLeast: 60 },
    },
    { name: 'typed: different shapes in 10,000 candidates', samples: [per10000(shapes.size)], unit: 'count' },
    {
      name: 'grammar: different shapes in 10,000 candidates',
      samples: [per10000(plainShapes.size)],
      unit: 'count',
    },
    { name: 'typed: generation of a candidate', samples: [millis], unit: 'ms' },
  ];
}

/** Has an inductive type that is recursive, indexed, nested, mutual or universe-polymorphic. */
function isRich(unit: Unit): boolean {
  const { block } = contentOf(unit);
  if (block === undefined) return false;
  const names = block.types.map(({ name }) => name);
  const fields = block.types.flatMap((type) => type.constructors.flatMap((of) => of.fields));
  const mentions = JSON.stringify(fields);
  return (
    names.length > 1 ||
    block.universes.length > 0 ||
    block.types.some(({ indices }) => indices > 0) ||
    names.some((name) => mentions.includes(`"${name}"`))
  );
}

/** A unit's text without names and numbers. */
function shapeOf(unit: Unit): string {
  return (leanTextOf(unit) ?? '').replace(/\b\w*\d\w*\b/g, '_').replace(/"[^"]*"/g, '""');
}

/** The share of a campaign's time that generation, mutation and minimisation's choices take. */
async function generationShare(time: string): Promise<Measurement[]> {
  const { summary } = await runCampaign(['--cores', '1', '--time', time, '--seed', '1']);
  return [
    {
      name: 'generation and mutation, share of the time',
      samples: [summary.shareGenerating * 100],
      unit: '%',
      goal: { atMost: 5 },
    },
    { name: 'share of the time inside Lean', samples: [summary.shareInsideLean * 100], unit: '%' },
    {
      name: 'campaign: declarations accepted',
      samples: [(100 * summary.declarationsAccepted) / summary.declarations],
      unit: '%',
    },
  ];
}

async function onExecutor<T>(action: (client: ExecutorClient) => Promise<T>): Promise<T> {
  const region = SharedRegion.create({ workers: 1 });
  const zygote = await ZygoteProcess.start(region, defaultZygoteOptions);
  try {
    const client = new ExecutorClient(region, 0, defaultLimits);
    await client.replace();
    return await action(client);
  } finally {
    await zygote.kill();
    closeSync(region.fd);
  }
}
