import type { ExportFormat, Id } from '@/api/types'
import { t } from '@/i18n'
import type { RadioOption } from '@/ui/Field'

/** The formats that the server makes today, each with what it is good for. */
export const FORMATS: readonly RadioOption<ExportFormat>[] = [
  {
    value: 'coco-instances',
    label: t('COCO instances'),
    description: t(
      'One JSON with every object as run lengths. For Mask R-CNN, Detectron2, pycocotools.',
    ),
  },
  {
    value: 'coco-panoptic',
    label: t('COCO panoptic'),
    description: t('A JSON and one PNG per image in which each pixel belongs to one segment.'),
  },
  {
    value: 'semantic-png',
    label: t('Semantic PNG'),
    description: t('One PNG per image whose pixel values are class numbers, with classes.json.'),
  },
  {
    value: 'instance-png',
    label: t('Instance PNG'),
    description: t('One PNG per image whose pixel values are object numbers, with classes.json.'),
  },
  {
    value: 'ndjson',
    label: 'NDJSON',
    description: t(
      'One line per object with everything: class, mask, attributes, author. For your own scripts.',
    ),
  },
  {
    value: 'yolo-seg',
    label: t('YOLO segmentation'),
    description: t(
      'One text file per image with outlines as polygons. Holes and thin parts get lost.',
    ),
  },
]

export function formatName(format: ExportFormat): string {
  return FORMATS.find((candidate) => candidate.value === format)?.label ?? format
}

/** The same export from a shell, for pipelines. */
export function exportCommand(
  origin: string,
  projectId: string,
  format: ExportFormat,
  includeImages: boolean,
  model: Id | null = null,
): string {
  const filter = model === null ? {} : { filter: { model } }
  const order = JSON.stringify({ format, include_images: includeImages, ...filter })
  return [
    `curl -X POST ${origin}/api/v1/projects/${projectId}/exports \\`,
    '  -H "Authorization: Bearer $MASKWRIGHT_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${order}'`,
  ].join('\n')
}
