// lean-fuzz as a library: takes findings as they come, ends at the first, runs it again and looks at the campaign.
// Try it: node examples/library.mjs auto campaigns/example
import { campaign, replay, report } from 'lean-fuzz';

const [lean = 'auto', campaignFolder = 'campaigns/example'] = process.argv.slice(2);
const options = { lean, campaignFolder, level: 'kernel', cores: 1, timeMillis: 60_000, minimizeMillis: 0 };

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
