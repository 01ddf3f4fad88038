import type { ReactNode } from 'react'
import { Shell } from '@/app/shell'

export default function RulesLayout({ children }: { children: ReactNode }) {
  return <Shell>{children}</Shell>
}
