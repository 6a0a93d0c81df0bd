import { t } from '@/i18n'
import './field.css'
import './feedback.css'
import { useRef, useState } from 'react'
import { Button } from './Button'
import { copyText } from './clipboard'
import { Check, Copy } from './icons'

interface CopyFieldProps {
  label: string
  value: string
  isMultiline?: boolean
  description?: string
}

/** A value to take elsewhere. Where the clipboard is closed to us, the text is selected. */
export function CopyField({ label, value, isMultiline = false, description }: CopyFieldProps) {
  const valueRef = useRef<HTMLPreElement>(null)
  const [copied, setCopied] = useState<'no' | 'copied' | 'selected'>('no')

  async function copy() {
    if (await copyText(value)) {
      setCopied('copied')
      return
    }
    // Permission refused: the person can still press Ctrl+C.
    if (valueRef.current !== null) getSelection()?.selectAllChildren(valueRef.current)
    setCopied('selected')
  }

  return (
    <section className="field" aria-label={label}>
      <span className="field__label">{label}</span>
      <div className="copy-field" data-multiline={isMultiline || undefined}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className="copy-field__value" ref={valueRef} tabIndex={0}>
          {value}
        </pre>
        <Button
          size="sm"
          variant="secondary"
          icon={copied === 'copied' ? <Check /> : <Copy />}
          onPress={copy}
        >
          {copied === 'copied'
            ? t('Copied')
            : copied === 'selected'
              ? t('Press Ctrl+C')
              : t('Copy')}
        </Button>
      </div>
      {description !== undefined && <p className="field__description">{description}</p>}
      <span className="visually-hidden" role="status">
        {copied === 'copied' ? t('{label} copied', { label }) : ''}
      </span>
    </section>
  )
}
