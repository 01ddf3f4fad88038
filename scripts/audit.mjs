// npm run audit:dependencies: known weaknesses of the packages that ship. High and critical ones fail.
import { npm } from './npm.mjs'

/** What npm audit's JSON means: `fails`, and the lines to say. A registry without that service, or no network, is no failure. */
export function judge(text) {
  let said
  try {
    said = JSON.parse(text)
  } catch {
    return { fails: false, lines: ['not available from this registry: no answer'] }
  }
  const counts = said.metadata?.vulnerabilities
  if (!counts)
    return {
      fails: false,
      lines: [`not available from this registry: ${said.message ?? said.error?.summary ?? 'no answer'}`],
    }
  const grave = Object.values(said.vulnerabilities ?? {}).filter(
    (v) => v.severity === 'high' || v.severity === 'critical',
  )
  const lines = grave.map((v) => {
    const titles = v.via.flatMap((cause) => (typeof cause === 'object' ? [cause.title] : []))
    return `${v.name} ${v.range} (${v.severity}) ${titles.join('; ')}`
  })
  const fails = counts.high + counts.critical > 0
  return { fails, lines: fails ? lines : [`${counts.total} known weaknesses, none of them high or critical`] }
}

if (process.argv[1] === import.meta.filename) {
  const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000']
  const { fails, lines } = judge(npm(args).stdout ?? '')
  for (const line of lines) (fails ? console.error : console.log)(line)
  process.exit(fails ? 1 : 0)
}
