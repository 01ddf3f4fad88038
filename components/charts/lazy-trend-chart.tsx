'use client'

import dynamic from 'next/dynamic'
import type { TrendBar } from './trend-chart'

const TrendChart = dynamic(() => import('./trend-chart').then((m) => m.TrendChart), {
  ssr: false,
  loading: () => <div className="h-[220px]" />,
})

/**
 * Recharts is 110 KiB: only the page that shows the chart loads it, and only after everything else. It measures its box a moment after
 * the window has become narrower; until then it must not widen the page.
 */
export function LazyTrendChart({ bars }: { bars: readonly TrendBar[] }) {
  return (
    <div aria-hidden="true" className="mt-4 overflow-hidden print:hidden">
      <TrendChart bars={bars} />
    </div>
  )
}
