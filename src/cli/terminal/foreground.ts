import { readFileSync } from 'node:fs';

/** Whether this process may draw on its terminal: one in the background that does is stopped, or disturbs others. */
export function isInForeground(): boolean {
  try {
    const text = readFileSync('/proc/self/stat', 'utf8');
    // Behind the name, which may hold anything: state, parent, group, session, terminal, the terminal's group.
    const [, , group, , , terminalGroup] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return group === terminalGroup;
  } catch {
    return false;
  }
}
