// Keeps the last answer of a pure function, so that several components that ask the same in one draw share it.

/** The function, computed anew only when an argument is another one. */
export function memoLast<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | null = null;
  return (...args) => {
    const known = last;
    if (known && known.args.length === args.length && known.args.every((arg, at) => Object.is(arg, args[at]))) return known.result;
    const result = compute(...args);
    last = { args, result };
    return result;
  };
}
