// lean-fuzz as a library: with a mutator of its own, takes findings as they come, ends at the first, runs it again and looks at the campaign.
// Try it: node examples/library.mjs auto campaigns/example
import { campaign, replay, report } from 'lean-fuzz';

const [lean = 'auto', campaignFolder = 'campaigns/example'] = process.argv.slice(2);
// Workers are other processes: they get its functions by their source, so that these mention nothing from around here.
const reverse = {
  name: 'reverse',
  levels: ['kernel'],
  havocProbability: 0.2,
  havoc({ units }) {
    return units.length < 2 ? undefined : [...units].reverse();
  },
};
const options = {
  ...{ lean, campaignFolder, level: 'kernel', cores: 1, timeMillis: 60_000, minimizeMillis: 0 },
  mutators: [reverse],
};

let found;
for await (const { id, verdict, known } of campaign(options)) {
  console.log(`${verdict.kind}: ${verdict.reasons[0]} (${known ?? 'new'})`);
  // From the campaign's database: its folder may still be on its way. Leaving the loop ends the campaign in order.
  found = id;
  break;
}

if (found !== undefined) {
  const { isStable, rounds } = await replay(campaignFolder, { id: found, lean, times: 2 });
  console.log(`replayed ${rounds.length} times: ${isStable ? 'stable' : 'not stable'}`);
}
const { record } = await report(campaignFolder);
console.log(`${record.findings.length} findings on Lean ${record.lean.version}`);
const own = record.yields.find(({ name }) => name === 'custom:reverse');
console.log(`the mutator had a part in ${own?.candidates ?? 0} candidates`);
