import type { Command } from './commands.js';

/** An open scope of a file, and the commands in it that later ones depend on. */
interface Frame {
  /** `namespace A`, `section`; "" for the file itself. */
  readonly opener: string;
  /** The name behind the opener; "" where there is none. */
  readonly name: string;
  readonly context: string[];
}

/** Commands that change how later ones of their scope are read. */
const contextual = new Set(['open', 'variable', 'universe', 'set_option', 'include', 'omit', 'export']);

/** Follows namespaces and sections, so that each declaration can be said with the scope that it stood in. */
export class Scopes {
  private readonly frames: Frame[] = [{ opener: '', name: '', context: [] }];

  /** True where a command only changed the scope, and is no declaration of its own. */
  take(command: Command): boolean {
    switch (command.keyword) {
      case 'namespace':
      case 'section': {
        const opener = command.masked.trim().replace(/\s+/g, ' ');
        this.frames.push({
          opener,
          name: /(?:namespace|section) (\S+)/.exec(opener)?.[1] ?? '',
          context: [],
        });
        return true;
      }
      case 'end':
        this.close(command);
        return true;
      default:
        if (!contextual.has(command.keyword) && !isLocalSetting(command)) return false;
        this.frames.at(-1)?.context.push(command.text);
        return true;
    }
  }

  /** The namespace that is open, with a dot behind it; "" at the root. */
  get prefix(): string {
    return this.frames
      .filter(({ opener }) => opener.startsWith('namespace'))
      .map(({ name }) => `${name}.`)
      .join('');
  }

  /** A declaration with everything that it stands in, opened before it and closed behind it. */
  wrap(text: string): string {
    const before: string[] = [];
    const after: string[] = [];
    for (const { opener, name, context } of this.frames) {
      if (opener.startsWith('namespace')) {
        before.push(opener);
        after.unshift(`end ${name}`);
      } else if (opener.includes('noncomputable')) {
        before.push('noncomputable section');
        after.unshift('end');
      }
      if (context.length === 0) continue;
      before.push('section', ...context);
      after.unshift('end');
    }
    return [...before, text, ...after].join('\n');
  }

  /** `end A.B` closes as many scopes as it names. */
  private close(command: Command): void {
    const name = /^end\s+(\S+)/.exec(command.masked)?.[1] ?? '';
    let left = name;
    do {
      const frame = this.frames.length > 1 ? this.frames.pop() : undefined;
      if (frame === undefined || frame.name === '') return;
      left = left.slice(0, Math.max(0, left.length - frame.name.length - 1));
    } while (left !== '');
  }
}

/** `local notation`, `attribute [local simp] ...`. */
function isLocalSetting({ keyword, masked, isLocal }: Command): boolean {
  if (keyword === 'attribute') return /\[[^\]]*\b(local|scoped)\b/.test(masked);
  return isLocal && !['instance', 'def', 'theorem'].includes(keyword);
}
