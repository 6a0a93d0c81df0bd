import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { sendTruths, type TruthClass, type TruthFiles, type TruthReport } from '@/api/gold'
import { ontologyQuery } from '@/api/ontologies'
import type { Id, OntologyNode } from '@/api/types'
import { chooseFiles } from '@/features/uploads'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { Checkbox, RadioGroup } from '@/ui/Field'
import { Upload } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { ProgressBar } from '@/ui/Progress'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/Toast'
import { goodItems, TruthTable } from './TruthTable'

const NO_FILES: TruthFiles = {
  masks: [],
  images: [],
  values: 'classes',
  classes: {},
  isMixed: true,
}

/** Opens the dialog in which files with ground truth become golds. */
export function GroundTruthButton({ projectId }: { projectId: Id }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Upload />} onPress={() => setOpen(true)}>
        {t('Upload ground truth')}
      </Button>
      {isOpen && <GroundTruthDialog projectId={projectId} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Files are chosen, looked at by the server, their classes matched, and made golds. */
function GroundTruthDialog({ projectId, onClose }: { projectId: Id; onClose: () => void }) {
  const [files, setFiles] = useState(NO_FILES)
  const sending = useSending(projectId)
  const report = sending.report
  const close = () => {
    sending.cancel()
    onClose()
  }
  const change = (changes: Partial<TruthFiles>) => {
    const changed = { ...files, ...changes }
    setFiles(changed)
    if (changed.masks.length > 0) sending.check(changed)
  }
  const ready = report === undefined ? [] : goodItems(report)
  const make = () =>
    sending.make(files, (made) => {
      toast(plural(made, '{n} gold made', '{n} golds made'))
      close()
    })
  return (
    <Dialog title={t('Upload ground truth')} isOpen onClose={close} size="lg">
      <DialogBody>
        <div className="truth">
          <p className="truth__lead">
            {t('Masks whose right answer is known become golds. Nobody has to label their images.')}
          </p>
          <FileChoices files={files} onChange={change} />
          {sending.share !== null && (
            <ProgressBar
              label={t('Sending and reading the files')}
              value={sending.share < 1 ? sending.share : null}
            />
          )}
          <ProblemMessage error={sending.error} onRetry={() => sending.check(files)} />
          {report !== undefined && (
            <>
              <ClassChoices
                projectId={projectId}
                classes={report.classes}
                chosen={files.classes}
                onChange={(classes) => change({ classes })}
              />
              <TruthTable items={report.items} />
              <Checkbox
                isSelected={files.isMixed}
                onChange={(isMixed) => setFiles({ ...files, isMixed })}
                description={t('Otherwise they are for training and exams only.')}
              >
                {t('Mix them into everyday work')}
              </Checkbox>
            </>
          )}
        </div>
      </DialogBody>
      <DialogActions>
        {ready.length === 0 && <p className="truth__missing">{missingWords(report)}</p>}
        <Button onPress={close}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={ready.length === 0 || sending.share !== null}
          isPending={sending.isMaking}
          onPress={make}
        >
          {plural(ready.length, 'Make {n} gold', 'Make {n} golds')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Why there is nothing to make golds of, and what would be. */
function missingWords(report: TruthReport | undefined): string {
  if (report === undefined) return t('Choose files with masks first.')
  if (report.items.length === 0) return t('No mask was found in these files.')
  if (report.classes.some(({ is_known }) => !is_known))
    return t('Say above what the unknown classes are.')
  return t('None of these files can become a gold; the table says why.')
}

interface FileChoicesProps {
  files: TruthFiles
  onChange: (changes: Partial<TruthFiles>) => void
}

function FileChoices({ files, onChange }: FileChoicesProps) {
  return (
    <>
      <div className="truth__choices">
        <div className="truth__choice">
          <strong>{t('Masks and lists')}</strong>
          <p>
            {t(
              'COCO (instances or panoptic), maps of classes or of objects with their lists, NDJSON, or a zip: what exports write, too.',
            )}
          </p>
          <div className="truth__buttons">
            <Button
              size="sm"
              onPress={() => chooseFiles('any', (masks) => onChange({ masks, classes: {} }))}
            >
              {t('Choose files…')}
            </Button>
            <Button
              size="sm"
              variant="quiet"
              onPress={() => chooseFiles('folder', (masks) => onChange({ masks, classes: {} }))}
            >
              {t('Choose a folder…')}
            </Button>
            <span className="truth__count">
              {files.masks.length > 0 && plural(files.masks.length, '{n} file', '{n} files')}
            </span>
          </div>
        </div>
        <div className="truth__choice">
          <strong>{t('Images')}</strong>
          <p>{t('Only those that are not in the project yet.')}</p>
          <div className="truth__buttons">
            <Button
              size="sm"
              onPress={() => chooseFiles('images', (images) => onChange({ images }))}
            >
              {t('Choose images…')}
            </Button>
            <span className="truth__count">
              {files.images.length > 0 && plural(files.images.length, '{n} file', '{n} files')}
            </span>
          </div>
        </div>
      </div>
      <RadioGroup
        label={t('In maps without a list, each value is')}
        options={[
          { value: 'classes', label: t('a class') },
          { value: 'objects', label: t('an object, all of one class') },
        ]}
        value={files.values}
        onChange={(values) => onChange({ values })}
      />
    </>
  )
}

const LEFT_OUT = '-'

interface ClassChoicesProps {
  projectId: Id
  classes: readonly TruthClass[]
  chosen: TruthFiles['classes']
  onChange: (chosen: TruthFiles['classes']) => void
}

/** Which class of the project each class of the files is. */
function ClassChoices({ projectId, classes, chosen, onChange }: ClassChoicesProps) {
  const ontology = useQuery(ontologyQuery(projectId))
  if (classes.length === 0 || ontology.data === undefined) return null
  const options = [
    ...namedClasses(ontology.data.classes).map(({ id, name }) => ({ value: id, label: name })),
    { value: LEFT_OUT, label: t('Leave out') },
  ]
  const unknown = classes.filter((each) => !each.is_known).length
  return (
    <section className="truth__classes" aria-label={t('Classes')}>
      {unknown > 0 && (
        <Message
          tone="warning"
          title={plural(
            unknown,
            '{n} class of the files is not in the ontology: say what it is.',
            '{n} classes of the files are not in the ontology: say what they are.',
          )}
        />
      )}
      {classes.map(({ name, class_id, is_known }) => (
        <Select
          key={name}
          label={name}
          size="sm"
          options={options}
          value={class_id ?? (is_known ? LEFT_OUT : null)}
          onChange={(value) => onChange({ ...chosen, [name]: value === LEFT_OUT ? null : value })}
        />
      ))}
    </section>
  )
}

function namedClasses(nodes: readonly OntologyNode[]): { id: Id; name: string }[] {
  return nodes.flatMap((node) => {
    const below = namedClasses(node.children ?? [])
    return node.type === 'class' && typeof node.id === 'string'
      ? [{ id: node.id, name: node.name }, ...below]
      : below
  })
}

/** One request at a time; a new one takes the place of the one before. */
function useSending(projectId: Id) {
  const queryClient = useQueryClient()
  const running = useRef<AbortController | null>(null)
  const [report, setReport] = useState<TruthReport>()
  const [share, setShare] = useState<number | null>(null)
  const sending = useMutation({
    mutationFn: async ({ files, isCheck }: { files: TruthFiles; isCheck: boolean }) => {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const total = [...files.masks, ...files.images].reduce((sum, file) => sum + file.size, 1)
      setShare(0)
      try {
        const onProgress = (sent: number) => setShare(Math.min(1, sent / total))
        const found = await sendTruths(projectId, files, isCheck, onProgress, controller.signal)
        if (running.current === controller) setReport(found)
        return found
      } finally {
        if (running.current === controller) setShare(null)
      }
    },
  })
  return {
    report,
    share,
    error: isAborted(sending.error) ? null : sending.error,
    isMaking: sending.isPending && sending.variables.isCheck === false,
    check: (files: TruthFiles) => sending.mutate({ files, isCheck: true }),
    make: (files: TruthFiles, onMade: (made: number) => void) =>
      sending.mutate(
        { files, isCheck: false },
        {
          onSuccess: async ({ made }) => {
            await queryClient.invalidateQueries({ queryKey: ['project', projectId] })
            onMade(made)
          },
        },
      ),
    cancel: () => running.current?.abort(),
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
