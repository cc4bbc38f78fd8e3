import Wire

/// What event selectors may say.
///
/// AWS: CloudTrail API, EventSelector, DataResource, AdvancedEventSelector, AdvancedFieldSelector.
// unverified: the words of most errors.
enum SelectorRules {
  static func basic(_ selectors: [EventSelector]) throws(AWSError) -> [BasicSelector] {
    guard !selectors.isEmpty, selectors.count <= 5 else {
      throw .selectors("You can configure up to five event selectors for a trail.")
    }
    var result: [BasicSelector] = []
    for selector in selectors {
      var basic = BasicSelector(
        readWrite: selector.readWriteType ?? "All", includesManagement: selector.includeManagementEvents ?? true)
      for source in selector.excludeManagementEventSources ?? [] {
        guard source == "kms.amazonaws.com" || source == "rdsdata.amazonaws.com" else {
          throw .selectors("Value \(source) is not a valid event source to exclude from management events.")
        }
        guard basic.includesManagement else {
          throw .selectors("ExcludeManagementEventSources needs IncludeManagementEvents.")
        }
        basic.excludedSources.append(source)
      }
      for resource in selector.dataResources ?? [] {
        basic.resources.append(try data(resource))
      }
      guard basic.includesManagement || !basic.resources.isEmpty else {
        throw .selectors("An event selector must include management events or data resources.")
      }
      result.append(basic)
    }
    let values = result.reduce(0) { $0 + $1.resources.reduce(0) { $0 + $1.values.count } }
    guard values <= 250 else {
      throw .selectors("The total number of values for all data resources cannot exceed 250.")
    }
    return result
  }

  private static let beginnings = [
    "AWS::S3::Object": "arn:aws:s3", "AWS::Lambda::Function": "arn:aws:lambda",
    "AWS::DynamoDB::Table": "arn:aws:dynamodb",
  ]

  private static func data(_ resource: DataResource) throws(AWSError) -> BasicSelector.DataResources {
    guard let type = resource.type, let beginning = beginnings[type] else {
      throw .selectors("The resource type \(resource.type ?? "") is not supported by basic event selectors.")
    }
    let values = resource.values ?? []
    for value in values where !value.hasPrefix(beginning) {
      throw .selectors("Value \(value) for DataResources.Values is invalid.")
    }
    return BasicSelector.DataResources(type: type, values: values)
  }

  static func advanced(_ selectors: [AdvancedEventSelector]) throws(AWSError) -> [AdvancedSelector] {
    var result: [AdvancedSelector] = []
    var count = 0
    for selector in selectors {
      var fields: [AdvancedSelector.Field] = []
      for field in selector.fieldSelectors {
        let read = AdvancedSelector.Field(
          field: field.field, equals: field.equals, startsWith: field.startsWith, endsWith: field.endsWith,
          notEquals: field.notEquals, notStartsWith: field.notStartsWith, notEndsWith: field.notEndsWith)
        guard !read.operators.isEmpty else { throw .selectors("The field \(field.field) has no operator.") }
        guard !fields.contains(where: { $0.field == read.field }) else {
          throw .selectors("The field \(field.field) is used twice in one selector.")
        }
        count += read.operators.reduce(0) { $0 + $1.values.count }
        fields.append(read)
      }
      try check(fields)
      result.append(AdvancedSelector(name: selector.name, fields: fields))
    }
    guard count <= 500 else {
      throw .selectors("The total number of values for all conditions in all selectors cannot exceed 500.")
    }
    return result
  }

  private static let fieldsOf: [String: Set<String>] = [
    "Management": [
      "eventCategory", "eventSource", "eventName", "eventType", "readOnly", "userIdentity.arn",
      "sessionCredentialFromConsole",
    ],
    "Data": [
      "eventCategory", "eventSource", "eventName", "eventType", "readOnly", "resources.type", "resources.ARN",
      "userIdentity.arn", "sessionCredentialFromConsole",
    ],
    "NetworkActivity": ["eventCategory", "eventSource", "eventName", "errorCode", "vpcEndpointId"],
  ]

  private static func check(_ fields: [AdvancedSelector.Field]) throws(AWSError) {
    guard let category = fields.first(where: { $0.field == "eventCategory" }) else {
      throw .selectors("Each advanced event selector must have the field eventCategory.")
    }
    guard category.operators.count == 1, let values = category.equals, values.count == 1,
      let allowed = fieldsOf[values[0]]
    else { throw .selectors("eventCategory must equal Management, Data or NetworkActivity.") }
    for field in fields {
      guard allowed.contains(field.field) else {
        throw .selectors("The field \(field.field) is not supported for the event category \(values[0]).")
      }
      switch field.field {
      case "readOnly":
        guard field.operators.count == 1, field.equals?.count == 1, ["true", "false"].contains(field.equals?[0] ?? "")
        else { throw .selectors("readOnly must equal true or false.") }
      case "resources.type":
        guard field.operators.count == 1, field.equals?.count == 1 else {
          throw .selectors("resources.type must equal one type.")
        }
      default: break
      }
    }
    if values[0] == "Data", !fields.contains(where: { $0.field == "resources.type" }) {
      throw .selectors("A selector of data events must have the field resources.type.")
    }
    if values[0] == "NetworkActivity", !fields.contains(where: { $0.field == "eventSource" }) {
      throw .selectors("A selector of network activity events must have the field eventSource.")
    }
  }
}

// MARK: As the API has them

extension BasicSelector {
  var shape: EventSelector {
    EventSelector(
      readWriteType: readWrite, includeManagementEvents: includesManagement,
      dataResources: resources.map { DataResource(type: $0.type, values: $0.values) },
      excludeManagementEventSources: excludedSources)
  }
}

extension AdvancedSelector {
  var shape: AdvancedEventSelector {
    AdvancedEventSelector(
      name: name,
      fieldSelectors: fields.map {
        AdvancedFieldSelector(
          field: $0.field, equals: $0.equals, startsWith: $0.startsWith, endsWith: $0.endsWith, notEquals: $0.notEquals,
          notStartsWith: $0.notStartsWith, notEndsWith: $0.notEndsWith)
      })
  }
}
