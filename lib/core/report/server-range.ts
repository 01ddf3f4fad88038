const NUMBERED = /^(.*?)(\d{1,6})$/

type Numbered = { readonly name: string; readonly stem: string; readonly number: number; readonly width: number }

function numbered(name: string): Numbered {
  const match = NUMBERED.exec(name)
  const digits = match?.[2] ?? ''
  return { name, stem: match?.[1] ?? name, number: digits === '' ? -1 : Number(digits), width: digits.length }
}

const follows = (a: Numbered, b: Numbered): boolean =>
  a.number >= 0 && b.number === a.number + 1 && a.width === b.width && a.stem.toLowerCase() === b.stem.toLowerCase()

/** `EX01–EX14` for servers whose numbers follow one another, at least three of them; the others by name. */
export function serverRanges(servers: readonly string[]): string[] {
  const sorted = servers.map(numbered).sort((a, b) => {
    const [x, y] = [a.stem.toLowerCase(), b.stem.toLowerCase()]
    return x === y ? a.number - b.number : x < y ? -1 : 1
  })
  const runs: Numbered[][] = []
  for (const server of sorted) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && follows(last, server)) run.push(server)
    else runs.push([server])
  }
  return runs.flatMap((run) =>
    run.length < 3 ? run.map((s) => s.name) : [`${run[0]?.name ?? ''}–${run.at(-1)?.name ?? ''}`],
  )
}
