'use server'
import { redirect } from 'next/navigation'
import { startAnalysis } from '@/lib/server/audits'

/** Queues the analysis of an audit again. */
export async function retryAnalysis(auditId: string): Promise<void> {
  await startAnalysis(auditId)
  redirect(`/a/${auditId}`)
}
