import Wire

/// Trails as the API has them.
extension TrailRecord {
  /// SnsTopicName is deprecated and shows the ARN, as in AWS.
  var shape: Trail {
    Trail(
      name: name, s3BucketName: bucket, s3KeyPrefix: prefix, snsTopicName: topicARN, snsTopicARN: topicARN,
      includeGlobalServiceEvents: includesGlobalEvents, isMultiRegionTrail: isMultiRegion, homeRegion: region.rawValue,
      trailARN: arn, logFileValidationEnabled: validatesFiles, cloudWatchLogsLogGroupArn: logGroupARN,
      cloudWatchLogsRoleArn: roleARN, kmsKeyId: keyARN, hasCustomEventSelectors: hasCustomSelectors,
      hasInsightSelectors: !insights.isEmpty, isOrganizationTrail: isOrganizationTrail)
  }
}

extension CreateTrailResponse {
  init(of trail: TrailRecord) {
    self.init(
      name: trail.name, s3BucketName: trail.bucket, s3KeyPrefix: trail.prefix, snsTopicName: trail.topicARN,
      snsTopicARN: trail.topicARN, includeGlobalServiceEvents: trail.includesGlobalEvents,
      isMultiRegionTrail: trail.isMultiRegion, trailARN: trail.arn, logFileValidationEnabled: trail.validatesFiles,
      cloudWatchLogsLogGroupArn: trail.logGroupARN, cloudWatchLogsRoleArn: trail.roleARN, kmsKeyId: trail.keyARN,
      isOrganizationTrail: trail.isOrganizationTrail)
  }
}

extension UpdateTrailResponse {
  init(of trail: TrailRecord) {
    self.init(
      name: trail.name, s3BucketName: trail.bucket, s3KeyPrefix: trail.prefix, snsTopicName: trail.topicARN,
      snsTopicARN: trail.topicARN, includeGlobalServiceEvents: trail.includesGlobalEvents,
      isMultiRegionTrail: trail.isMultiRegion, trailARN: trail.arn, logFileValidationEnabled: trail.validatesFiles,
      cloudWatchLogsLogGroupArn: trail.logGroupARN, cloudWatchLogsRoleArn: trail.roleARN, kmsKeyId: trail.keyARN,
      isOrganizationTrail: trail.isOrganizationTrail)
  }
}
