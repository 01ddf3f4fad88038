/** A generation of Exchange Server, by what the build number begins with. */
type Generation = {
  readonly name: string
  /** `major.minor`, and the first build where two generations share them. */
  readonly prefix: string
  readonly fromBuild?: number
  /** The last day of support; null while it is supported. */
  readonly supportEnd: string | null
  /** The month in which paid security updates ended, where there were any. */
  readonly extensionEnd: string | null
}

/**
 * Life cycle of Exchange Server and the builds that Exchange Online asks for, with the day on which both were looked up. A finding that
 * used them prints `recordedOn`; when a part is older than its `staleAfterDays` nothing passes because of it.
 */
export const exchangeBuilds = {
  lifeCycle: {
    recordedOn: '2026-10-02',
    staleAfterDays: 365,
    sources: [
      'https://learn.microsoft.com/lifecycle/products/exchange-server-2019',
      'https://learn.microsoft.com/lifecycle/products/exchange-server-2016',
      'https://learn.microsoft.com/lifecycle/products/exchange-server-subscription-edition',
    ],
    /** Later ones before those that share their prefix. */
    generations: [
      { name: 'SE', prefix: '15.2.', fromBuild: 2562, supportEnd: null, extensionEnd: null },
      { name: '2019', prefix: '15.2.', supportEnd: '2025-10-14', extensionEnd: '2026-10' },
      { name: '2016', prefix: '15.1.', supportEnd: '2025-10-14', extensionEnd: '2026-10' },
      { name: '2013', prefix: '15.0.', supportEnd: '2023-04-11', extensionEnd: null },
      { name: '2010', prefix: '14.', supportEnd: '2020-10-13', extensionEnd: null },
      { name: '2007', prefix: '8.', supportEnd: '2017-04-11', extensionEnd: null },
    ] satisfies readonly Generation[],
  },
  /**
   * What Exchange Online throttles and then blocks when it arrives over an inbound connector of type OnPremises: everything before
   * 2016, and of 2016 and 2019 what is older than the security update of October 2025. The floor rises without a fixed calendar.
   */
  enforcement: {
    recordedOn: '2026-10-02',
    staleAfterDays: 120,
    sources: [
      'https://aka.ms/BlockUnsafeExchange',
      'https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates',
    ],
    /** Whole generations, and since when. */
    refused: { '2007': '2023-08-01', '2010': '2023-09-01', '2013': '2023-12-01' } as Readonly<Record<string, string>>,
    /** The lowest build that is let through, and since when. */
    floors: {
      '2016': { build: '15.1.2507.61', since: '2026-09-07' },
      '2019': { build: '15.2.1748.39', since: '2026-09-07' },
    } as Readonly<Record<string, { readonly build: string; readonly since: string }>>,
    /** What AdminDisplayVersion goes on to show after a security update: the build that setup of the cumulative update wrote. */
    asInstalled: ['15.1.2507.6', '15.2.1748.10'] as readonly string[],
  },
} as const

const DAY_MS = 86_400_000

/** Is that part of the file too old, on that day, to say that a server is in order? */
export const isStale = (part: { readonly recordedOn: string; readonly staleAfterDays: number }, asOf: Date): boolean =>
  asOf.getTime() - Date.parse(part.recordedOn) > part.staleAfterDays * DAY_MS

/** The generation that a build belongs to, `15.2.1748.10` to 2019; undefined for what is none that is known. */
export function generationOf(build: string): Generation | undefined {
  const number = Number(build.split('.')[2] ?? '')
  return exchangeBuilds.lifeCycle.generations.find(
    (g: Generation) => build.startsWith(g.prefix) && (g.fromBuild === undefined || number >= g.fromBuild),
  )
}

/** Less than 0 where the first build is the older one. */
export function compareBuilds(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.split('.').map(Number))
  for (let i = 0; i < 4; i++) {
    const difference = (one?.[i] ?? 0) - (other?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

export type Enforcement =
  | { readonly state: 'refused' | 'below'; readonly generation: string; readonly floor: string | null }
  | { readonly state: 'accepted' }
  /** `update`: only the cumulative update is known, and its later builds are let through. `data`: the file cannot tell for that day. */
  | { readonly state: 'unknown'; readonly because: 'update' | 'data' }

/**
 * Does Exchange Online take mail from a server of that build, as far as the file tells for that day? AdminDisplayVersion tells the
 * cumulative update; security updates leave it as it is (Exchange Server build numbers and release dates, learn.microsoft.com).
 */
export function enforcementOn(build: string, asOf: Date): Enforcement {
  const { enforcement } = exchangeBuilds
  const name = generationOf(build)?.name
  if (name === undefined) return { state: 'unknown', because: 'data' }
  const refusedSince = enforcement.refused[name]
  const floor = enforcement.floors[name]
  const since = refusedSince ?? floor?.since
  const isInForce = since === undefined || asOf.getTime() >= Date.parse(since)
  if (refusedSince !== undefined)
    return isInForce ? { state: 'refused', generation: name, floor: null } : { state: 'unknown', because: 'data' }
  if (floor !== undefined && compareBuilds(build, floor.build) < 0) {
    if (enforcement.asInstalled.includes(build)) return { state: 'unknown', because: 'update' }
    return isInForce ? { state: 'below', generation: name, floor: floor.build } : { state: 'unknown', because: 'data' }
  }
  return isStale(enforcement, asOf) ? { state: 'unknown', because: 'data' } : { state: 'accepted' }
}
