/** What variables of the session stand for: `$c = Get-ReceiveConnector` prints nothing, `$c | fl` then prints what it found. */
export type Variables = Map<string, string>

const ASSIGNED = /^\$(\w{1,60})\s{0,4}=\s{0,4}([A-Za-z]{2,20}-[A-Za-z][^;]{0,2000}|\([^;]{0,2000})$/
const USED = /^(\s{0,4}\(?\s{0,4})\$(\w{1,60})\b(?!\s{0,4}\+?=)/
const COMPUTER = /\$env:computername\b/gi
const MAX_VARIABLES = 200

export const newVariables = (): Variables => new Map()

/** The command with what its variables stand for, and a note of what it puts into one. */
export function resolved(variables: Variables, command: string, host: string | null): string {
  const here = host === null ? command : command.replace(COMPUTER, host)
  const set = ASSIGNED.exec(here)
  if (set !== null && variables.size < MAX_VARIABLES) variables.set((set[1] ?? '').toLowerCase(), set[2] ?? '')
  const used = USED.exec(here)
  const value = used === null ? undefined : variables.get((used[2] ?? '').toLowerCase())
  return used === null || value === undefined ? here : `${used[1]}(${value})${here.slice(used[0].length)}`
}
