const known = new Map<string, string>()
/** Names of properties are a few hundred; the limit is for texts that make them up. */
const MAX_KNOWN = 20_000

/** Lower case of a property name. A large export asks a million times for the same few hundred. */
export function lowerName(name: string): string {
  const found = known.get(name)
  if (found !== undefined) return found
  const lower = name.toLowerCase()
  if (known.size < MAX_KNOWN && name.length < 100) known.set(name, lower)
  return lower
}
