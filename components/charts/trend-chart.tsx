'use client'

import { Bar, BarChart, CartesianGrid, Rectangle, ResponsiveContainer, XAxis, YAxis } from 'recharts'

export type TrendBar = { readonly id: string; readonly label: string } & Readonly<Record<TrendLevel, number>>

const levels = ['info', 'low', 'medium', 'high', 'critical'] as const
type TrendLevel = (typeof levels)[number]

const axis = { stroke: 'var(--color-ink-3)', fontSize: 12, tickLine: false } as const

/** Findings per audit as stacked bars, worst on top. The table above it holds the same numbers, so that it is a picture only. */
export function TrendChart({ bars }: { bars: readonly TrendBar[] }) {
  return (
    <ResponsiveContainer width="100%" height={220}>
      <BarChart data={[...bars]} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: -16 }}>
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="label" {...axis} />
        <YAxis allowDecimals={false} {...axis} />
        {levels.map((level) => (
          <Bar
            key={level}
            dataKey={level}
            stackId="findings"
            fill={`var(--color-${level})`}
            maxBarSize={48}
            isAnimationActive={false}
            shape={(props: object) => <Rectangle {...props} stroke="var(--color-canvas)" strokeWidth={2} />}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
