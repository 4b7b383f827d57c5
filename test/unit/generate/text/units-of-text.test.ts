import { describe, expect, it } from 'vitest';
import { mask } from '../../../../src/generate/text/mask.js';
import { unitOfText, unitsOfText } from '../../../../src/generate/text/units-of-text.js';
import { expectClosed } from '../../../support/candidates.js';

function texts(source: string): string[] {
  return unitsOfText(source).map((unit) => unit.text);
}

describe('mask', () => {
  it.each([
    ['a -- theorem x\nb', `a ${' '.repeat(12)}\nb`],
    ['a /- x /- y -/ z -/ b', 'a                   b'],
    ['"a \\" theorem" b', `${'"'.repeat(14)} b`],
    ['r#"a" def"# b', `${'"'.repeat(11)} b`],
    ["f' 'x' g'", `f' """ g'`],
    ['/-- doc -/ def', '\u0001          def'],
    ['"never ends', '"'.repeat(11)],
    ['/- never ends', '             '],
  ])('%j', (text, masked) => {
    expect(mask(text)).toBe(masked);
    expect(mask(text)).toHaveLength(text.length);
  });
});

describe('unitsOfText', () => {
  it('cuts at keywords at the start of a line, with what belongs to them', () => {
    const source = `import Init
/-! About this file. -/

/-- A doc comment: def inside. -/
@[simp, inline]
private def f : Nat :=
  1 -- theorem in a comment

noncomputable def g := "
theorem in_a_string : False"
instance : Inhabited Nat := ⟨0⟩
open Nat in
theorem h : f = f := rfl
#check f`;
    expect(texts(source)).toEqual([
      '/-- A doc comment: def inside. -/\n@[simp, inline]\nprivate def f : Nat :=\n  1',
      'noncomputable def g := "\ntheorem in_a_string : False"',
      'instance : Inhabited Nat := ⟨0⟩',
      'open Nat in\ntheorem h : f = f := rfl',
      '#check f',
    ]);
    expect(unitsOfText(source).map(({ kind, declares }) => [kind, ...declares])).toEqual([
      ['def', 'f'],
      ['def', 'g'],
      ['instance'],
      ['theorem', 'h'],
      ['#check'],
    ]);
  });

  it('says each declaration with the scope that it stood in', () => {
    const source = `universe u
namespace A.B
variable (n : Nat)
section Inner
open List
def f := n
end Inner
theorem t : f = f := rfl
end A.B
def g := 1`;
    expect(texts(source)).toEqual([
      'section\nuniverse u\nnamespace A.B\nsection\nvariable (n : Nat)\nsection\nopen List\ndef f := n\nend\nend\nend A.B\nend',
      'section\nuniverse u\nnamespace A.B\nsection\nvariable (n : Nat)\ntheorem t : f = f := rfl\nend\nend A.B\nend',
      'section\nuniverse u\ndef g := 1\nend',
    ]);
    expect(unitsOfText(source).flatMap(({ declares }) => declares)).toEqual(['A.B.f', 'A.B.t', 'g']);
  });

  it('closes what one end closes', () => {
    const source = 'namespace A\nnamespace B\ndef x := 1\nend A.B\ndef y := 2';
    expect(unitsOfText(source).flatMap(({ declares }) => declares)).toEqual(['A.B.x', 'y']);
  });

  it('keeps a mutual block in one piece', () => {
    const source = 'mutual\ninductive E\n| z\ninductive O\n| s (e : E)\nend\ndef after := 1';
    const [block, after] = unitsOfText(source);
    expect(block).toMatchObject({ kind: 'mutual', declares: ['E', 'O'] });
    expect(after).toMatchObject({ kind: 'def', declares: ['after'] });
  });

  it('notes what builds on what, through namespaces too', () => {
    const units = unitsOfText(
      'inductive T\n| a\ndef T.size (t : T) := 1\nclass inductive C\n| c\ntheorem s (t : T) : t.size = 1 := rfl\ndef lonely := "T"',
    );
    expectClosed(units);
    expect(units.map(({ uses }) => uses)).toEqual([[], ['T'], [], ['T', 'T.size'], []]);
    expect(units[2]?.declares).toEqual(['C']);
  });

  it.each(['', '   \n', 'import Init\n', '-- only a comment', '/- open'])('finds nothing in %j', (text) => {
    expect(unitsOfText(text)).toEqual([]);
  });

  it('takes text without any keyword as one unit', () => {
    expect(unitsOfText('what is this')).toMatchObject([{ kind: 'command', text: 'what is this' }]);
  });
});

describe('unitOfText', () => {
  it('describes a wrapped declaration without changing its text', () => {
    const text = 'namespace A\ndef f := 1\nend A';
    expect(unitOfText(text)).toMatchObject({ kind: 'def', text, declares: ['A.f'] });
  });
});
