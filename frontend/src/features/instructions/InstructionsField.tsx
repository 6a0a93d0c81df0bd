import './instructions.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addInstructionImage, instructionImagesQuery } from '@/api/attachments'
import type { Id } from '@/api/types'
import { AddFile } from '@/features/attachments'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ImagePlus } from '@/ui/icons'
import { Instructions } from './Instructions'
import { markdownOf } from './images'

interface InstructionsFieldProps {
  projectId: Id
  value: string
  onChange: (value: string) => void
}

/** Instructions while they are written: the text, pictures put into it, and how it will look. */
export function InstructionsField({ projectId, value, onChange }: InstructionsFieldProps) {
  const queryClient = useQueryClient()
  const [isPreview, setPreview] = useState(false)
  const addPicture = async (file: File) => {
    const attachment = await addInstructionImage(projectId, file)
    await queryClient.invalidateQueries({ queryKey: instructionImagesQuery(projectId).queryKey })
    onChange(
      `${value}${value === '' || value.endsWith('\n') ? '' : '\n\n'}${markdownOf(attachment)}\n`,
    )
  }
  return (
    <div className="instructions-field">
      <TextField
        label={t('Instructions')}
        description={t(
          'Labelers see them in the project and beside the image. Markdown: # headings, - lists, **bold**, tables, links.',
        )}
        isMultiline
        rows={12}
        value={value}
        onChange={onChange}
      />
      <div className="instructions-field__actions">
        <AddFile icon={<ImagePlus />} accept="image/png,image/jpeg,image/webp" send={addPicture}>
          {t('Add a picture')}
        </AddFile>
        <Button size="sm" variant="quiet" onPress={() => setPreview(!isPreview)}>
          {isPreview ? t('Hide the preview') : t('Preview')}
        </Button>
      </div>
      {isPreview && (
        <section
          className="instructions-field__preview"
          aria-label={t('Preview of the instructions')}
        >
          <Instructions projectId={projectId} source={value} />
        </section>
      )}
    </div>
  )
}
