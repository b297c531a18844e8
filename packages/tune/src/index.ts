export { checkEndDates, type EndDateQuestion, WARNING_DAYS } from "./checks/check-end-dates.ts";
export { checkJobSettings, JOB_KEY } from "./checks/check-job-settings.ts";
export { type EndDate, endDates } from "./checks/end-dates.ts";
export { requireValidSettings } from "./checks/require-valid.ts";
export { createFineTuningProvider } from "./create-provider.ts";
export type {
  Attempt,
  DescribedRequest,
  FineTuningProvider,
  JobAttempt,
  UploadAttempt,
} from "./fine-tuning-provider.ts";
export { type Checkpoint, hasEnded, type Job, type JobEvent, type JobMetrics, type JobState } from "./job.ts";
export type { Automatic, Hyperparameters, JobRequest, JobSettings, WandbProject } from "./job-request.ts";
export { type ProviderId, providerIds, providerTitles } from "./provider-id.ts";
export { LARGEST_UPLOAD, type ProviderOptions, type UploadLimits, uploadLimits } from "./provider-options.ts";
export { createRedact, type Redact } from "./requests/redact.ts";
export { createJobOnce, findJobEntry, type WantedJob } from "./run/create-job-once.ts";
export { formatMetrics, metricNames, parseMetrics } from "./run/metrics.ts";
export { type MetricSeries, metricSeries, metricsSvg } from "./run/metrics-chart.ts";
export { requireSuccess } from "./run/require-success.ts";
export { POLL_INTERVAL, type TuneContext, type TuneProgress } from "./run/run-context.ts";
export { uploadOnce } from "./run/upload-once.ts";
export { type JobUpdate, watchJob } from "./run/watch-job.ts";
export { formatTuneState, parseTuneState } from "./state/parse-tune-state.ts";
export {
  createMemoryStateStore,
  emptyTuneState,
  type FileEntry,
  type JobEntry,
  type PartialUpload,
  type StateStore,
  type TuneState,
} from "./state/tune-state.ts";
export { type TrainingFile, type UploadedFile, uploadName } from "./training-file.ts";
