# Copies the sources that the nodes run from, without the outputs of builds and tests.
file(
  COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json ${SOURCE}/.npmrc ${SOURCE}/packages ${SOURCE}/sim ${SOURCE}/urdf
       ${SOURCE}/robots ${SOURCE}/models
  DESTINATION ${APP}
  PATTERN node_modules EXCLUDE
  PATTERN dist EXCLUDE
  PATTERN .cache EXCLUDE)
# A workspace that npm's lock file names; npm ci fails without it.
file(
  COPY ${SOURCE}/training/voice
  DESTINATION ${APP}/training
  PATTERN node_modules EXCLUDE
  PATTERN dist EXCLUDE
  PATTERN .cache EXCLUDE)
