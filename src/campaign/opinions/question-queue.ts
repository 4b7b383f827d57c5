import type { Question } from './protocol.js';

/**
 * Questions that wait, oldest first. Where there are too many, the oldest that shows nothing new gives way to one that
 * does; any other is refused.
 */
export class QuestionQueue {
  private readonly waiting: Question[] = [];

  constructor(private readonly limit: number) {}

  get length(): number {
    return this.waiting.length;
  }

  /** False where a question, this one or another, is not going to be asked. */
  add(question: Question): boolean {
    if (this.waiting.length < this.limit) {
      this.waiting.push(question);
      return true;
    }
    const old = question.isNew ? this.waiting.findIndex(({ isNew }) => !isNew) : -1;
    if (old >= 0) {
      this.waiting.splice(old, 1);
      this.waiting.push(question);
    }
    return false;
  }

  take(count: number): Question[] {
    return this.waiting.splice(0, count);
  }
}
