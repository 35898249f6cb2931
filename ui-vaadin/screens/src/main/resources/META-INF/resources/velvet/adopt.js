// The server may set a property before this module has arrived; such a value hides the accessor until it is set again.
export function adopt(element, ...names) {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}
