const prefix = 'custom:';

/** A custom mutator's entry in a lineage: its name and a short description of its change. */
export function lineageName(name: string, description: string): string {
  return description === '' ? prefix + name : `${prefix}${name}:${description}`;
}

/** Whether a name in a lineage is one of a custom mutator. */
export function isCustom(name: string): boolean {
  return name.startsWith(prefix);
}

/** The mutator of a name in a lineage, without what it says it did. */
export function mutatorOf(name: string): string {
  return isCustom(name) ? name.split(':').slice(0, 2).join(':') : name;
}
