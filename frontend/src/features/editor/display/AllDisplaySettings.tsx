import type { ReactNode } from 'react'
import {
  type Adjustments,
  type Aid,
  type ChannelView,
  type Editor,
  type Equalization,
  GAMMA_RANGE,
  type MaskColors,
} from '@/editor'
import { formatNumber, say, t } from '@/i18n'
import { useEditorValue, useLaterEditorValue } from '../hooks'
import { RotateCcw } from '../icons'
import { swatchOf } from '../panel/ClassList'
import { Segments } from './Segments'
import { SettingSlider } from './SettingSlider'
import { WindowLevel } from './WindowLevel'

const CHANNELS: readonly (readonly [ChannelView, string, string])[] = [
  ['rgb', 'RGB', t('All channels')],
  ['red', 'R', t('Red channel only')],
  ['green', 'G', t('Green channel only')],
  ['blue', 'B', t('Blue channel only')],
  ['grey', t('Grey'), t('Brightness only')],
]
const EQUALIZATIONS: readonly (readonly [Equalization, string, string])[] = [
  ['none', t('Off'), t('Grey levels as they are')],
  ['global', t('Whole'), t('Spread the grey levels of the whole image')],
  ['local', t('Local'), t('Spread the grey levels of each part of the image (CLAHE)')],
]
const MASK_COLORS: readonly (readonly [MaskColors, string, string])[] = [
  ['instance', t('Object'), t('Each object in a shade of its class’s colour')],
  ['class', t('Class'), t('All objects of a class in one colour')],
  ['maker', t('Maker'), t('By who or what made the object')],
]
const AIDS: readonly (readonly [Aid, string])[] = [
  ['minimap', t('Minimap')],
  ['pixelGrid', t('Pixel grid')],
  ['crosshair', t('Crosshair')],
  ['secondView', t('Two views')],
]

/** What stands below the fold. */
export function AllDisplaySettings({ editor }: { editor: Editor }) {
  const display = useEditorValue(editor, (snapshot) => snapshot.display)
  return (
    <>
      <ImageAdjustments editor={editor} adjustments={display.adjustments} />
      <Line label={t('Mask colours')}>
        <Segments
          label={t('Mask colours')}
          options={MASK_COLORS}
          value={display.maskColors}
          onChange={(value) => editor.display.setMaskColors(value)}
        />
      </Line>
      {display.maskColors === 'maker' && <Legend editor={editor} />}
      <div className="display-settings__checks">
        <Check
          label={t('Outlines only')}
          isOn={display.isOutlineOnly}
          onChange={(isOn) => editor.display.setOutlineOnly(isOn)}
        />
        {AIDS.map(([aid, label]) => (
          <Check
            key={aid}
            label={label}
            isOn={display.aids[aid]}
            onChange={(isOn) => editor.display.setAid(aid, isOn)}
          />
        ))}
      </div>
    </>
  )
}

interface ImageAdjustmentsProps {
  editor: Editor
  adjustments: Adjustments
}

function ImageAdjustments({ editor, adjustments }: ImageAdjustmentsProps) {
  const { brightness, contrast, saturation, gamma } = adjustments
  const adjust = (wanted: Partial<Adjustments>) => editor.display.adjust(wanted)
  return (
    <>
      <WindowLevel editor={editor} />
      {(
        [
          ['brightness', t('Brightness'), brightness],
          ['contrast', t('Contrast'), contrast],
          ['saturation', t('Saturation'), saturation],
        ] as const
      ).map(([name, label, value]) => (
        <SettingSlider
          key={name}
          label={label}
          value={value}
          min={-100}
          max={100}
          step={1}
          words={signed(value)}
          isDisabled={name === 'saturation' && adjustments.channel !== 'rgb'}
          onChange={(wanted) => adjust({ [name]: wanted })}
        />
      ))}
      <SettingSlider
        label={t('Gamma')}
        // Logarithmic, so that halving is as far from the middle as doubling.
        value={Math.log2(gamma)}
        min={Math.log2(GAMMA_RANGE.min)}
        max={Math.log2(GAMMA_RANGE.max)}
        step={0.01}
        words={formatNumber(gamma, 2)}
        onChange={(wanted) => adjust({ gamma: Math.abs(wanted) < 0.02 ? 1 : 2 ** wanted })}
      />
      <Line label={t('Channel')}>
        <Segments
          label={t('Channel')}
          options={CHANNELS}
          value={adjustments.channel}
          onChange={(channel) => adjust({ channel })}
        />
      </Line>
      <Line label={t('Equalise')}>
        <Segments
          label={t('Equalise the histogram')}
          options={EQUALIZATIONS}
          value={adjustments.equalization}
          onChange={(equalization) => adjust({ equalization })}
        />
      </Line>
      <div className="display-settings__line">
        <Check
          label={t('Invert')}
          isOn={adjustments.isInverted}
          onChange={(isInverted) => adjust({ isInverted })}
        />
        <button
          type="button"
          className="display-settings__reset"
          disabled={!editor.display.isAdjusted}
          title={t('Show the image as it is (Shift+I)')}
          onClick={() => editor.dispatch('display.reset')}
        >
          <RotateCcw aria-hidden="true" />
          {t('Reset image')}
        </button>
      </div>
    </>
  )
}

function Legend({ editor }: { editor: Editor }) {
  // Whoever draws an object may be the first to draw with this tool.
  useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  return (
    <ul className="display-settings__legend">
      {editor.display.legend.map(({ maker, color }) => (
        <li key={say(maker)}>
          <span className="swatch" style={swatchOf(color)} aria-hidden="true" />
          {say(maker)}
        </li>
      ))}
    </ul>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="display-settings__line">
      <span className="display-settings__label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

interface CheckProps {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

function Check({ label, isOn, onChange }: CheckProps) {
  return (
    <label className="display-settings__check">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−')
}
