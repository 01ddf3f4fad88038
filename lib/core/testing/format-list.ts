/** Objects as `Get-… | Format-List` prints them, behind the prompt that asked for them. */
export function printFormatList(cmdlet: string, objects: readonly Readonly<Record<string, string>>[]): string {
  const width = Math.max(...objects.flatMap((o) => Object.keys(o).map((name) => name.length)))
  const print = (o: Readonly<Record<string, string>>) =>
    Object.entries(o)
      .map(([name, value]) => `${name.padEnd(width)} : ${value}`)
      .join('\n')
  return `[PS] C:\\>${cmdlet} | Format-List\n\n\n${objects.map(print).join('\n\n')}\n\n\n`
}
