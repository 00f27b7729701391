// The wire leans on the same small platform as core: what Node, workers and pages share.
/// <reference path="../core/base/platform.d.ts" />
