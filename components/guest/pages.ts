import type { GuestContent } from '@/lib/server/shares-content'

/** The views a link can have. */
export type GuestPage = 'overview' | 'findings' | 'finding' | 'map' | 'coverage' | 'comparison'

type Shape = Pick<GuestContent, 'kind' | 'level' | 'allows'>

/** The views of a link; the first is at its root, and the only one of most. */
export function guestPages({ kind, level, allows }: Shape): readonly [GuestPage, ...GuestPage[]] {
  switch (kind) {
    case 'finding':
      return ['finding']
    case 'findings':
      return ['findings', 'finding']
    case 'map':
      return allows.findings ? ['map', 'findings', 'finding'] : ['map']
    case 'comparison':
      return ['comparison']
    case 'audit':
      return level === 'summary'
        ? ['overview', 'findings', 'finding']
        : ['overview', 'findings', 'finding', 'map', 'coverage']
  }
}

const below: Readonly<Record<GuestPage, string>> = {
  overview: '',
  findings: '/findings',
  finding: '/findings/',
  map: '/map',
  coverage: '/coverage',
  comparison: '/compare',
}

/** Paths that links may lead to. */
export function guestPaths(base: string, content: Shape): string[] {
  const [root, ...others] = guestPages(content)
  // A list and a map are at the root of their link, and at the path that their own filters and selections name.
  const own = root === 'finding' || root === 'overview' ? [] : [root]
  return [base, ...[...own, ...others].map((page) => base + below[page])]
}

/** The tabs of a link with more than one view; a single finding is reached from a list. */
export function guestTabs(base: string, content: Shape): { page: GuestPage; href: string }[] {
  const [root, ...others] = guestPages(content)
  const listed = others.filter((page) => page !== 'finding')
  if (listed.length === 0) return []
  return [{ page: root, href: base }, ...listed.map((page) => ({ page, href: base + below[page] }))]
}
