import { useState } from 'react'
import type { Project } from '@/api/types'
import { Boxes } from '@/ui/icons'

/** The first image of a project; a quiet plate while there is none. */
export function ProjectCover({ project }: { project: Project }) {
  const [isBroken, setBroken] = useState(false)
  return (
    <div className="home-cover">
      {project.cover_url === null || isBroken ? (
        <Boxes aria-hidden="true" />
      ) : (
        <img
          className="home-cover__image"
          src={project.cover_url}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
        />
      )}
    </div>
  )
}
