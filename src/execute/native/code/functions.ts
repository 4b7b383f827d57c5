import { functionGroups, type FunctionGroup } from '../../../api/code-map.js';
import { demangle } from './demangle.js';
import type { ElfFile } from '../elf.js';

/** A function of a library; addresses count from where the library begins in memory. */
export interface LibraryFunction {
  readonly symbol: string;
  readonly address: number;
  readonly bytes: number;
}

const symbolBytes = 24;
const functionType = 2;
/** C++ and the runtime; compiled Lean, which is most of a library, has other names. */
const prefixes: readonly string[] = ['_Z', 'lean_', 'mi_', '__cxa', '_Unwind'];

/**
 * The functions of Lean's C++ part, by address: of several names for one place the first; none where the table is
 * stripped.
 */
export function functionsOf(library: ElfFile): LibraryFunction[] {
  const symbols = library.read('.symtab');
  const names = library.read('.strtab');
  const found = new Map<number, LibraryFunction>();
  for (let at = 0; at + symbolBytes <= symbols.length; at += symbolBytes) {
    const nameAt = symbols.readUInt32LE(at);
    const isFunction = ((symbols[at + 4] ?? 0) & 15) === functionType;
    const bytes = Number(symbols.readBigUInt64LE(at + 16));
    if (!isFunction || bytes === 0) continue;
    if (!prefixes.some((prefix) => names.toString('latin1', nameAt, nameAt + prefix.length) === prefix))
      continue;
    const end = names.indexOf(0, nameAt);
    const symbol = names.toString('latin1', nameAt, end < 0 ? names.length : end);
    const address = Number(symbols.readBigUInt64LE(at + 8));
    if (!found.has(address)) found.set(address, { symbol, address, bytes });
  }
  return [...found.values()].sort((a, b) => a.address - b.address);
}

const lambdaOf = (names: string): RegExp =>
  new RegExp(`^std::__1::__function::__func<lean::(?:${names})[(].*::operator`);

/** The kernel's functions by what C++ calls them. Templates say their result in front. */
const members: Readonly<Record<FunctionGroup, readonly RegExp[]>> = {
  'type checking': [
    /^(?:\S+ )?lean::type_checker::(?!type_checker\(|~|state::)/,
    /^lean::(?:is_let_fvar|is_nat_succ|get_count_arg|nat_lit_to_constructor|string_lit_to_constructor)\(/,
    /^lean::(?:mk_nullary_cnstr|expand_eta_struct|get_rec_rule_for|is_constructor_app|is_nat_lit_ext)\(/,
    /^lean::recursor_val::get_major_induct\(/,
    /^lean::(?:is_equal|is_bi_equal)\(|^lean::expr_eq_fn<\w+>::apply\(|^bool lean::compare<lean::level, /,
    /^lean::equiv_manager::(?!~|equiv_manager)/,
  ],
  'inductive types': [
    /^lean::add_inductive_fn::(?!~|add_inductive_fn\(|rec_info::)/,
    /^lean::elim_nested_inductive_(?:fn|result)::(?!~|elim_nested_inductive_)/,
    /^lean::environment::add_inductive\(/,
    /^lean::(?:check_no_nested_aux|check_uniform_ind_occs|get_all_inductive_names|is_non_rec_structure)\(/,
    /^lean::(?:is_inductive|is_constructor|is_recursor|mk_rec_name|is_inductive_predicate)\(/,
    /^(?:\S+ )*lean::find<lean::(?:add_inductive_fn|elim_nested_inductive_fn)::/,
    /^std::__1::__function::__func<lean::(?:find<)?lean::(?:check_no_nested_aux|check_uniform_ind_occs).*::operator/,
    /^std::__1::__function::__func<lean::(?:find<lean::)?(?:check_no_nested_aux|check_uniform_ind_occs|add_inductive_fn|elim_nested_inductive_\w+)[:(].*::operator/,
  ],
  levels: [
    /^lean::(?:is_explicit|to_explicit|to_offset|mk_max|mk_imax|mk_succ|is_not_zero|is_equivalent|normalize|normalizes_to_zero)\(/,
    /^lean::(?:is_geq|is_geq_core|is_norm_lt|push_max_args|get_undef_param|has_param|has_mvar|update_succ|update_max)\(/,
    /^lean::(?:operator==|is_lt|occurs|instantiate)\((?:lean::list_ref<)?lean::level/,
    /^lean::(?:replace|for_each)_level_fn::apply\(/,
    lambdaOf('get_undef_param|instantiate\\(lean::level const&, lean::list_ref<lean::name>.*'),
  ],
  definitions: [
    /^lean::environment::(?:add|add_core|add_axiom|add_definition|add_theorem|add_opaque|add_mutual|find|get|check_name|check_duplicated_univ_params)\(/,
    /^lean::(?:check_no_metavar_no_fvar|check_name|check_duplicated_univ_params|check_constant_val|use_unsafe|get_max_height)\(/,
    /^lean::(?:constant_info|declaration)::is_unsafe\(|^lean::compare\(lean::reducibility_hints/,
    /^(?:\S+ )?lean::local_ctx::(?:mk_local_decl|find_local_decl|get_local_decl|get_local|mk_binding<\w+>|mk_lambda|mk_pi)\(/,
    lambdaOf('get_max_height|use_unsafe'),
  ],
  quotients: [/^lean::environment::add_quot\(|^lean::quot_(?!val)/],
  terms: [
    /^lean::(?:instantiate|instantiate_rev)\(lean::expr|^lean::instantiate_(?:l|type_l|value_l)params\(|^lean::abstract\(/,
    /^lean::(?:head_beta_reduce|head_beta|apply_beta|apply_beta_rec|cheap_beta_reduce|has_loose_bvar|lower_loose_bvars|lift_loose_bvars)\(/,
    /^lean::(?:get_app_args|get_app_args_at_most|get_app_rev_args|mk_binding|replace|mk_app|mk_rev_app)\(/,
    /^lean::replace_(?:rec_)?fn::apply\(|^lean::for_each_fn<\w+>::apply\(|^lean::for_each_offset_fn::apply\(/,
    /^lean::(?:update_(?:mdata|proj|app|binding|sort|const|let))\(/,
    lambdaOf(
      'instantiate|instantiate_rev|instantiate_lparams|abstract|has_loose_bvar|lower_loose_bvars|lift_loose_bvars',
    ),
  ],
};

/** A function of the kernel's logic. */
export interface KernelFunction extends LibraryFunction {
  /** As C++ writes it. */
  readonly demangled: string;
  readonly group: FunctionGroup;
}

/** Those of the functions that are the kernel's logic. */
export function kernelFunctions(functions: readonly LibraryFunction[]): KernelFunction[] {
  return functions.flatMap((one) => {
    // Some compilers set apart what they think is never run: mostly unwinding.
    if (one.symbol.includes('.cold')) return [];
    const demangled = demangle(one.symbol)?.replace(/::\$_\d+::operator\(\)/, '::lambda');
    if (demangled === undefined || /::__clone|::target|::destroy|::~/.test(demangled)) return [];
    const group = functionGroups.find((name) => members[name].some((pattern) => pattern.test(demangled)));
    return group === undefined ? [] : [{ ...one, demangled, group }];
  });
}
