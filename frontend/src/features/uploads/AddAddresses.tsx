import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { sendAddresses } from '@/api/fetches'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Link } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { type ParsedAddresses, parseAddresses } from './addresses'

const SHOWN_REFUSED = 20
const EXAMPLE = 'https://example.org/images/1.jpg'

interface AddAddressesProps {
  projectId: Id
  /** The first of the fetches that were asked for. */
  onSent: (first: Id) => void
}

/** Images that lie somewhere on the web: paste their addresses, and the server fetches them. */
export function AddAddressesButton({ projectId, onSent }: AddAddressesProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Link />} onPress={() => setOpen(true)}>
        {t('Add by address')}
      </Button>
      {isOpen && (
        <AddAddressesDialog projectId={projectId} onSent={onSent} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

function AddAddressesDialog({
  projectId,
  onSent,
  onClose,
}: AddAddressesProps & { onClose: () => void }) {
  const [text, setText] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const parsed = useMemo(() => parseAddresses(text), [text])
  const sending = useMutation({
    mutationFn: () => sendAddresses(projectId, parsed.addresses),
    onSuccess: (first) => {
      if (first !== null) onSent(first)
      onClose()
    },
  })
  const count = parsed.addresses.length
  return (
    <Dialog title={t('Add images by address')} isOpen onClose={onClose} size="md">
      <DialogBody>
        <TextField
          label={t('Addresses')}
          description={t(
            'One per line, or a table with a column “url”; “name” and “external_id” are known too, and every other column becomes metadata.',
          )}
          isMultiline
          isMono
          rows={8}
          autoFocus
          placeholder={EXAMPLE}
          value={text}
          onChange={setText}
        />
        <div>
          <Button size="sm" onPress={() => file.current?.click()}>
            {t('Choose a CSV or text file')}
          </Button>
          <input
            ref={file}
            className="visually-hidden"
            type="file"
            accept=".csv,.tsv,.txt,text/*"
            aria-label={t('CSV or text file with addresses')}
            tabIndex={-1}
            onChange={async (event) => {
              const chosen = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (chosen !== undefined) setText(await chosen.text())
            }}
          />
        </div>
        {text.trim() !== '' && <Found parsed={parsed} />}
        <ProblemMessage error={sending.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={count === 0}
          isPending={sending.isPending}
          onPress={() => sending.mutate()}
        >
          {count === 0 ? t('Fetch images') : plural(count, 'Fetch {n} image', 'Fetch {n} images')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** What was understood, before anything is sent. */
function Found({ parsed: { addresses, refused, repeated, columns } }: { parsed: ParsedAddresses }) {
  const facts = [plural(addresses.length, '{n} address', '{n} addresses')]
  if (repeated > 0) facts.push(t('{n} named twice', { n: repeated }))
  if (columns.length > 0) facts.push(t('metadata: {columns}', { columns: columns.join(', ') }))
  return (
    <>
      <p role="status">{facts.join(' · ')}</p>
      {refused.length > 0 && (
        <Message
          tone="warning"
          title={plural(
            refused.length,
            '{n} line is no web address and is left out',
            '{n} lines are no web addresses and are left out',
          )}
        >
          <ul className="address-refused">
            {refused.slice(0, SHOWN_REFUSED).map(({ line, text }) => (
              <li key={line}>
                {t('Line {line}', { line: String(line) })} <code>{text}</code>
              </li>
            ))}
          </ul>
        </Message>
      )}
    </>
  )
}
