import { useLocale } from 'next-intl'
import { Notice } from '@/components/ui'
import { AppError, sentence } from '@/lib/server/errors'

/** What the server refuses to compute, as a value: a page says it in place of its answer. */
export const orRefusal = <T extends object>(work: Promise<T>): Promise<T | { refusal: AppError }> =>
  work.catch((error: unknown) => {
    if (error instanceof AppError) return { refusal: error }
    throw error
  })

export function Refused({ refusal }: { refusal: AppError }) {
  const { title, detail } = sentence(refusal, useLocale())
  const isExpected = refusal.code === 'originals-deleted' // somebody decided it so
  return (
    <Notice level={isExpected ? 'info' : 'error'} title={title} role={isExpected ? 'status' : 'alert'}>
      {detail}
    </Notice>
  )
}
