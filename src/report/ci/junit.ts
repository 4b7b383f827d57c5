import { asHtml } from '../../util/markup.js';
import type { Find, CiOutcome } from './outcome.js';

/** The finds of a campaign as JUnit's XML: a case for the campaign, which passes, and one for each find. */
export function junit({ finds, summary }: CiOutcome): string {
  const failures = finds.filter(({ isFailing }) => isFailing).length;
  const skipped = finds.length - failures;
  const { candidates, seed, elapsedSeconds } = summary;
  const counts = `tests="${finds.length + 1}" failures="${failures}" errors="0" skipped="${skipped}" time="${elapsedSeconds}"`;
  const campaign = `${candidates} candidates of seed ${seed}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lean-fuzz" ${counts}>`,
    `  <testsuite name="lean-fuzz" ${counts}>`,
    `    <testcase classname="lean-fuzz" name="${asHtml(campaign)}" time="${elapsedSeconds}"/>`,
    ...finds.flatMap(caseOf),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** A find as a test case. One that does not let the pipeline fail counts as skipped, so that it is seen. */
function caseOf({ shown, title, message, isFailing }: Find): string[] {
  const text = asHtml(message);
  return [
    `    <testcase classname="lean-fuzz" name="${asHtml(`${title} ${shown.id}`)}" time="0">`,
    isFailing
      ? `      <failure type="${asHtml(shown.kind)}" message="${text}">${text}</failure>`
      : `      <skipped message="${text}"/>`,
    '    </testcase>',
  ];
}
