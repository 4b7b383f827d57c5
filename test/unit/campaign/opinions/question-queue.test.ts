import { describe, expect, it } from 'vitest';
import type { Question } from '../../../../src/campaign/opinions/protocol.js';
import { QuestionQueue } from '../../../../src/campaign/opinions/question-queue.js';

function question(number: number, isNew = false): Question {
  return { candidate: Uint8Array.of(number), answers: [], isNew };
}

describe('a queue of questions', () => {
  it('gives them in their order', () => {
    const queue = new QuestionQueue(3);
    expect([1, 2, 3].map((number) => queue.add(question(number)))).toEqual([true, true, true]);
    expect(queue.take(2).map(({ candidate }) => candidate[0])).toEqual([1, 2]);
    expect(queue.length).toBe(1);
  });

  it('refuses what is too much, but lets the oldest that shows nothing new give way to news', () => {
    const queue = new QuestionQueue(2);
    queue.add(question(1, true));
    queue.add(question(2));
    expect(queue.add(question(3))).toBe(false);
    expect(queue.add(question(4, true))).toBe(false);
    expect(queue.add(question(5, true))).toBe(false);
    expect(queue.take(9).map(({ candidate }) => candidate[0])).toEqual([1, 4]);
  });
});
