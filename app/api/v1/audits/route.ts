import { z } from 'zod'
import { sentence } from '@/lib/server/errors'
import { json, route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { receiveAudit } from '@/lib/server/received-audits'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

/** A new audit from a form with files. */
export const POST = route(z.unknown(), 'upload', async (request, _, actor) => {
  await throttle('start an upload', actor.id)
  const { audit, files, refused } = await receiveAudit(request, actor)
  const self = `/api/v1/audits/${audit.id}`
  const language = languageOf(request)
  const answer = json(
    {
      ...{ id: audit.id, name: audit.name, status: audit.status },
      environment: { id: audit.environmentId, name: audit.environmentName },
      files,
      refused: refused.map(({ part, name, error }) => ({ part, name, code: error.code, ...sentence(error, language) })),
      links: {
        ...{ self, page: `/a/${audit.id}` },
        ...{ report: `${self}/report`, findings: `${self}/findings`, exposure: `${self}/exposure` },
      },
    },
    201,
  )
  answer.headers.set('Location', self)
  return answer
})
