import 'server-only'
import { mapHrefOf } from '@/components/map'
import { loadTopology } from '@/lib/server/reports'

/** Path of the map with what a finding is about selected. */
export const mapLink = async (auditId: string, finding: string | undefined): Promise<string> =>
  mapHrefOf(`/a/${auditId}`, finding === undefined ? null : await loadTopology(auditId), finding)
