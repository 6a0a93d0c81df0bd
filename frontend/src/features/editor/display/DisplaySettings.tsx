import './display.css'
import { useId, useState } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { ChevronDown, ChevronRight } from '@/ui/icons'
import { useEditorValue } from '../hooks'
import { AllDisplaySettings } from '../parts'
import { SettingSlider } from './SettingSlider'

/** How image and masks are shown. It stands at the panel's foot and folds up to one line. */
export function DisplaySettings({ editor }: { editor: Editor }) {
  const [isOpen, setOpen] = useState(false)
  const display = useEditorValue(editor, (snapshot) => snapshot.display)
  const opacity = useEditorValue(editor, (snapshot) => snapshot.maskOpacity)
  const percent = Math.round(opacity * 100)
  const id = useId()
  return (
    <section className="display-settings" aria-label={t('Display')} data-open={isOpen || undefined}>
      <SettingSlider
        label={t('Mask opacity')}
        value={percent}
        min={0}
        max={100}
        step={5}
        words={`${percent} %`}
        isDisabled={display.isOutlineOnly}
        onChange={(value) => editor.setMaskOpacity(value / 100)}
      />
      <button
        type="button"
        className="display-settings__fold"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        {t('Image and masks')}
        {editor.display.isAdjusted && (
          <span className="display-settings__mark">{t('adjusted')}</span>
        )}
      </button>
      {isOpen && (
        <div className="display-settings__all" id={id}>
          <AllDisplaySettings editor={editor} />
        </div>
      )}
    </section>
  )
}
