import Wire

/// What LookupEvents calls a call's resources: names that stand in its parameters and answer.
///
/// AWS: CloudTrail user guide, "Viewing CloudTrail event history": resource types are those of AWS Config and CloudFormation.
// unverified: which members AWS takes for names is not documented; these are the usual ones.
enum HistoryResources {
  struct Resource: Sendable, Hashable {
    var type: String
    var name: String
  }

  static func of(_ record: EventRecord) -> [Resource] {
    var found: [Resource] = []
    func add(_ type: String, _ name: String) {
      let resource = Resource(type: type, name: name)
      if !found.contains(resource) { found.append(resource) }
    }
    for resource in record.resources { add(resource.type, resource.arn) }
    let types = types[record.entry.service] ?? [:]
    func search(_ value: JSONValue, _ depth: Int) {
      for member in value.object ?? [] {
        if let type = types[member.name], let name = member.value.string { add(type, name) }
        if depth > 0 { search(member.value, depth - 1) }
      }
    }
    if let parameters = record.parameters { search(parameters, 0) }
    if let response = record.entry.response { search(response, 1) }
    return found
  }

  private static let types: [String: [String: String]] = [
    "iam": [
      "userName": "AWS::IAM::User", "roleName": "AWS::IAM::Role", "groupName": "AWS::IAM::Group",
      "policyArn": "AWS::IAM::Policy", "accessKeyId": "AWS::IAM::AccessKey", "policyName": "AWS::IAM::Policy",
      "instanceProfileName": "AWS::IAM::InstanceProfile", "serialNumber": "AWS::IAM::MFADevice",
      "openIDConnectProviderArn": "AWS::IAM::OIDCProvider", "sAMLProviderArn": "AWS::IAM::SAMLProvider",
    ],
    "sts": [
      "accessKeyId": "AWS::IAM::AccessKey", "roleArn": "AWS::IAM::Role", "assumedRoleId": "AWS::STS::AssumedRole",
    ],
    "s3": ["bucketName": "AWS::S3::Bucket"],
    "kms": ["keyId": "AWS::KMS::Key", "aliasName": "AWS::KMS::Alias"],
    "sqs": ["queueUrl": "AWS::SQS::Queue", "queueName": "AWS::SQS::Queue"],
    "sns": ["topicArn": "AWS::SNS::Topic", "name": "AWS::SNS::Topic"],
    "swf": ["domain": "AWS::SWF::Domain", "name": "AWS::SWF::Domain"],
    "logs": ["logGroupName": "AWS::Logs::LogGroup"],
    "events": ["name": "AWS::Events::Rule", "rule": "AWS::Events::Rule"],
    "cloudtrail": [
      "name": "AWS::CloudTrail::Trail", "trailName": "AWS::CloudTrail::Trail", "trailARN": "AWS::CloudTrail::Trail",
      "s3BucketName": "AWS::S3::Bucket",
    ],
    "organizations": ["accountId": "AWS::Organizations::Account", "policyId": "AWS::Organizations::Policy"],
  ]
}
