/**
 * The exports of the Lean module that lean-fuzz calls. All values are 32-bit: pointers to Lean objects, or raw
 * numbers where the comment says so. "owned" arguments are consumed by the call, "borrowed" ones are not.
 */
export interface LeanExports {
  // ---- memory
  malloc(bytes: number): number;
  free(pointer: number): void;
  sbrk(increment: number): number;
  lean_alloc_object(bytes: number): number;
  lean_dec_ref_cold(object: number): void;
  lean_mk_string_from_bytes(pointer: number, bytes: number): number;
  lean_mk_array(size: number, initial: number): number;
  lean_array_push(array: number, value: number): number;
  lean_cstr_to_nat(pointer: number): number;

  // ---- boot
  emscripten_stack_set_limits(base: number, end: number): void;
  _emscripten_stack_restore(pointer: number): void;
  emscripten_stack_get_current(): number;
  _ZN4lean15save_stack_infoEb(main: number): void;
  lean_initialize(): void;
  lean_enable_initializer_execution(): number;
  lean_io_mark_end_initialization(): void;
  lean_init_task_manager_using(workers: number): void;
  lean_io_error_to_string(error: number): number;
  l_Lean_initSearchPath(sysroot: number, extra: number): number;
  l_Lean_importModules(
    imports: number,
    options: number,
    trustLevelRaw: number,
    plugins: number,
    leakEnvironmentRaw: number,
    loadExtensionsRaw: number,
    levelRaw: number,
    irPhases: number,
  ): number;

  // ---- names, options, environments
  l_String_toName(text: number): number;
  lean_name_mk_string(prefix: number, part: number): number;
  lean_name_mk_numeral(prefix: number, part: number): number;
  l_Lean_KVMap_setNat(map: number, name: number, value: number): number;
  l_Lean_KVMap_setBool(map: number, name: number, valueRaw: number): number;
  /** Borrowed environment, owned name; Option ConstantInfo. */
  lean_environment_find(kernelEnvironment: number, name: number): number;
  lean_elab_environment_to_kernel_env(environment: number): number;
  lean_elab_environment_of_kernel_env(kernelEnvironment: number): number;
  l_Lean_Environment_getModuleIdxFor_x3f(environment: number, name: number): number;
  l_Lean_getOriginalConstKind_x3f(environment: number, name: number): number;
  l_Lean_Environment_addDeclCore(
    environment: number,
    maxHeartbeatRaw: number,
    declaration: number,
    cancelToken: number,
    doCheckRaw: number,
  ): number;

  // ---- source level
  l_Lean_Parser_mkInputContext___redArg(
    text: number,
    name: number,
    normalizeRaw: number,
    end: number,
  ): number;
  l_Lean_Parser_parseHeader(inputContext: number): number;
  l_Lean_Elab_HeaderSyntax_imports(header: number, includeInitRaw: number): number;
  l_Lean_Elab_HeaderSyntax_isModule(header: number): number;
  l_Lean_Elab_Command_mkState(environment: number, messages: number, options: number): number;
  l_Lean_Elab_IO_processCommands(inputContext: number, parserState: number, commandState: number): number;
  l_Lean_MessageLog_toList(log: number): number;
  l_Lean_Message_toString(message: number, includeEndPositionRaw: number): number;
  l_Lean_Message_kind(message: number): number;

  // ---- kernel level
  lean_add_decl(
    kernelEnvironment: number,
    maxHeartbeatRaw: number,
    declaration: number,
    cancelToken: number,
  ): number;
  /** Borrowed declaration, which is believed. */
  lean_add_decl_without_checking(kernelEnvironment: number, declaration: number): number;
  /** Kernel environment in an IO result. */
  lean_mk_empty_environment(trustLevelRaw: number): number;
  _ZN4lean15reset_heartbeatEv(): void;
  _ZN4lean18get_num_heartbeatsEv(): bigint;
  lean_expr_mk_bvar(index: number): number;
  lean_expr_mk_fvar(name: number): number;
  lean_expr_mk_mvar(name: number): number;
  lean_expr_mk_sort(level: number): number;
  lean_expr_mk_const(name: number, levels: number): number;
  lean_expr_mk_app(fn: number, argument: number): number;
  lean_expr_mk_lambda(name: number, type: number, body: number, infoRaw: number): number;
  lean_expr_mk_forall(name: number, type: number, body: number, infoRaw: number): number;
  lean_expr_mk_let(name: number, type: number, value: number, body: number): number;
  lean_expr_mk_lit(literal: number): number;
  lean_expr_mk_mdata(data: number, expression: number): number;
  lean_expr_mk_proj(structure: number, index: number, expression: number): number;
  lean_expr_eqv(a: number, b: number): number;
  lean_mk_empty_local_ctx(unit: number): number;
  /** Owns all; Except KernelException Expr. */
  lean_kernel_whnf(environment: number, localContext: number, expr: number): number;
  lean_level_mk_zero(unit: number): number;
  lean_level_mk_succ(level: number): number;
  lean_level_mk_max(a: number, b: number): number;
  lean_level_mk_imax(a: number, b: number): number;
  lean_level_mk_param(name: number): number;
  lean_level_mk_mvar(name: number): number;
  lean_mk_reducibility_hints_regular(heightRaw: number): number;
  lean_mk_axiom_val(name: number, levelParams: number, type: number, unsafeRaw: number): number;
  lean_mk_theorem_val(name: number, levelParams: number, type: number, value: number, all: number): number;
  lean_mk_definition_val(
    name: number,
    levelParams: number,
    type: number,
    value: number,
    hint: number,
    safetyRaw: number,
    all: number,
  ): number;
  lean_mk_opaque_val(
    name: number,
    levelParams: number,
    type: number,
    value: number,
    unsafeRaw: number,
    all: number,
  ): number;
  lean_mk_inductive_decl(levelParams: number, parameters: number, types: number, unsafeRaw: number): number;
}

/** Exported data that lean-fuzz reads: each export's value is the address of the word that holds the object. */
export type LeanDatum =
  | 'l_Lean_Options_empty'
  | 'l_Lean_MessageLog_empty'
  | 'l_Lean_versionString'
  | '_ZN4lean7lthread19m_thread_stack_sizeE';
