/** The kernel below the api answers in the same words, so that they are said in util. */
export { accepts, noAnswer, refuses, saidOf, type Answer, type AnswerWith } from '../util/answer.js';
