import type { CampaignOptions } from '../../api/campaign.js';
import { keysOf, optionTable, type KeyOf } from '../../options/option-table.js';
import type { Names } from '../../options/named.js';
import { withoutPassword } from '../../util/engine-address.js';
import { invalid, never, type UserError } from '../../util/errors.js';
import type { Form } from '../../options/kinds.js';
import type { GivenOption } from './protocol.js';
import { canonicalPath } from '../../util/files.js';

/** The options that all terminals of a campaign have in common. */
const common = keysOf('campaign', 'worker');

/** Those options in a form that can be compared and shown. Paths mean the same from any folder. */
export function comparable(options: CampaignOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(common.map((key) => [key, said(optionTable[key].kind.form, options[key])]));
}

/** The options of `options` that the user named, by those names. */
export function givenOptions(options: CampaignOptions, names: Names): GivenOption[] {
  return Object.entries(comparable(options)).flatMap(([key, value]) => {
    const name = names.get(key);
    return name === undefined ? [] : [{ key, name, value }];
  });
}

/** UserError (2) that names the first given option that contradicts the campaign's. */
export function contradiction(
  given: readonly GivenOption[],
  campaign: CampaignOptions,
): UserError | undefined {
  const own = comparable(campaign);
  const differing = given.find(({ key, value }) => own[key] !== value);
  if (differing === undefined) return undefined;
  const { key, name, value } = differing;
  const expected = `${asNamed(name, own[key] ?? 'nothing')}, as the campaign that is joined has it`;
  return invalid(name, asNamed(name, value), expected);
}

/** A value as it is said beside a name: `--no-confirm` is on where `confirm` is off. */
export function asNamed(name: string, value: string): string {
  if (!name.startsWith('--no-')) return value;
  return value === 'on' ? 'off' : 'on';
}

function said(form: Form, value: CampaignOptions[KeyOf<'campaign' | 'worker'>]): string {
  if (value === undefined) return 'none';
  switch (form.is) {
    case 'whole':
    case 'word':
    case 'object':
      return String(value);
    case 'time':
      return `${String(value)}ms`;
    case 'engine':
      return withoutPassword(String(value));
    case 'switch':
      return value === true ? 'on' : 'off';
    case 'path':
      return canonicalPath(String(value));
    case 'program':
      return String(value).includes('/') ? canonicalPath(String(value)) : String(value);
    case 'words': {
      const list = value as readonly string[];
      return list.length === 0 ? 'none' : list.join(', ');
    }
    case 'paths': {
      const list = value as readonly string[];
      return list.length === 0 ? 'none' : list.map(canonicalPath).join(', ');
    }
    default:
      return never(form);
  }
}
