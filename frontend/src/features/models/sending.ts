import type { Id } from '@/api/types'
/** Sending predictions from a shell, for pipelines. */
export function sendCommand(origin: string, projectId: Id): string {
  return [
    `curl -X POST "${origin}/api/v1/projects/${projectId}/predictions?model=my-model&version=1" \\`,
    '  -H "Authorization: Bearer $MASKWRIGHT_TOKEN" \\',
    '  -H "Content-Type: application/x-ndjson" \\',
    `  --data-binary @predictions.ndjson`,
  ].join('\n')
}

/** Two lines of such a file. */
export const SAMPLE_LINES = [
  '{"asset":{"name":"street-1.jpg"},"objects":[{"class":"Car","confidence":0.93,"mask":{"size":[720,1280],"counts":"…"}}]}',
  '{"asset":{"external_id":"cam-7/0042"},"objects":[{"class":"Person","confidence":0.61,"polygon":[[312,80,355,84,350,190,308,186]]}]}',
].join('\n')
