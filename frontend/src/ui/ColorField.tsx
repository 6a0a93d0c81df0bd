import { t } from '@/i18n'
import './overlay.css'
import { type CSSProperties, useState } from 'react'
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Popover,
  TooltipTrigger,
} from 'react-aria-components'
import { TextField } from './Field'
import { CLASS_PALETTE, isHexColor } from './palette'
import { Tooltip } from './Tooltip'

interface ColorFieldProps {
  label: string
  value: string
  onChange: (color: string) => void
  size?: 'sm' | 'md'
}

function swatch(color: string): CSSProperties {
  return { '--swatch': color } as CSSProperties
}

/** A swatch that opens the palette; any other colour can be typed. */
export function ColorField({ label, value, onChange, size = 'sm' }: ColorFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const typed = draft ?? value
  return (
    <DialogTrigger onOpenChange={() => setDraft(null)}>
      <TooltipTrigger delay={500} closeDelay={0}>
        <AriaButton
          className="color-field__button"
          data-size={size}
          style={swatch(value)}
          aria-label={`${label}: ${value}`}
        />
        <Tooltip>{label}</Tooltip>
      </TooltipTrigger>
      <Popover className="popover" offset={4} placement="bottom start">
        <Dialog className="color-field__panel" aria-label={label}>
          {({ close }) => (
            <>
              <div className="swatches" role="radiogroup" aria-label={t('Palette')}>
                {CLASS_PALETTE.map(({ color, name }) => (
                  // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be a swatch that closes its popover
                  <button
                    key={color}
                    type="button"
                    role="radio"
                    aria-checked={color === value.toLowerCase()}
                    aria-label={name}
                    title={name}
                    className="swatches__item"
                    style={swatch(color)}
                    onClick={() => {
                      onChange(color)
                      close()
                    }}
                  />
                ))}
              </div>
              <div className="color-field__own">
                <TextField
                  label={t('Colour code')}
                  isLabelHidden
                  size="sm"
                  isMono
                  value={typed}
                  errorMessage={isHexColor(typed) ? undefined : t('Six digits, as in #0072b2.')}
                  onChange={(text) => {
                    setDraft(text)
                    if (isHexColor(text)) onChange(text.toLowerCase())
                  }}
                />
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
