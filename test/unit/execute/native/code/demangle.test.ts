import { describe, expect, test } from 'vitest';
import { demangle, shortName } from '../../../../../src/execute/native/code/demangle.js';

describe('names of C++ functions', () => {
  test.each([
    [
      '_ZN4lean12type_checker10infer_projERKNS_4exprEb',
      'lean::type_checker::infer_proj(lean::expr const&, bool)',
      'type_checker::infer_proj',
    ],
    ['_ZNK4lean11environment8add_quotEv', 'lean::environment::add_quot() const', 'environment::add_quot'],
    [
      '_ZN4lean7replaceERKNS_4exprERKNSt3__18functionIFNS3_8optionalIS0_EES2_jEEEb',
      'lean::replace(lean::expr const&, std::__1::function<std::__1::optional<lean::expr> (lean::expr const&, unsigned int)> const&, bool)',
      'replace',
    ],
    [
      '_ZZN4lean12type_checker15reduce_recursorERKNS_4exprEbbENK3$_1clES3_',
      'lean::type_checker::reduce_recursor(lean::expr const&, bool, bool)::$_1::operator()(lean::expr const&) const',
      'type_checker::reduce_recursor::lambda',
    ],
    [
      '_ZN4lean16add_inductive_fnD2Ev',
      'lean::add_inductive_fn::~add_inductive_fn()',
      'add_inductive_fn::~add_inductive_fn',
    ],
    ['_ZN4leaneqERKNS_5levelES2_', 'lean::operator==(lean::level const&, lean::level const&)', 'operator=='],
  ])('%s', (symbol, full, short) => {
    const name = demangle(symbol);
    expect(name).toBe(full);
    expect(shortName(name ?? '')).toBe(short);
  });

  test.each(['lean_add_decl', '', '_Z', '_ZN4lean', '_ZN99999lean1fE', '_ZN4lean1fES9_', '_Z1fQ'])(
    'no name of C++: %s',
    (symbol) => expect(demangle(symbol)).toBeUndefined(),
  );
});
