import Cloud
import Wire

extension SWFService {
  /// What shows executions. CloudTrail records them only as data events of the domain.
  static let visibilityOperations: [Operation] = [
    Operation(
      "DescribeWorkflowExecution", audit: .data(domainResource),
      access: { (input: DescribeWorkflowExecutionInput, context, transaction) throws(AWSError) in
        try Access.check("DescribeWorkflowExecution", domain: input.domain, context, transaction)
      }, Describing.describe),
    Operation(
      "ListOpenWorkflowExecutions", audit: .data(domainResource),
      access: { (input: ListOpenWorkflowExecutionsInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(tagFilter: input.tagFilter, typeFilter: input.typeFilter)
        return try Access.check("ListOpenWorkflowExecutions", domain: input.domain, keys: keys, context, transaction)
      }, Listing.open),
    Operation(
      "ListClosedWorkflowExecutions", audit: .data(domainResource),
      access: { (input: ListClosedWorkflowExecutionsInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(tagFilter: input.tagFilter, typeFilter: input.typeFilter)
        return try Access.check("ListClosedWorkflowExecutions", domain: input.domain, keys: keys, context, transaction)
      }, Listing.closed),
    Operation(
      "CountOpenWorkflowExecutions", audit: .data(domainResource),
      access: { (input: CountOpenWorkflowExecutionsInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(tagFilter: input.tagFilter, typeFilter: input.typeFilter)
        return try Access.check("CountOpenWorkflowExecutions", domain: input.domain, keys: keys, context, transaction)
      }, Listing.countOpen),
    Operation(
      "CountClosedWorkflowExecutions", audit: .data(domainResource),
      access: { (input: CountClosedWorkflowExecutionsInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(tagFilter: input.tagFilter, typeFilter: input.typeFilter)
        return try Access.check("CountClosedWorkflowExecutions", domain: input.domain, keys: keys, context, transaction)
      }, Listing.countClosed),
  ]

  /// CloudTrail's resource type of data events.
  static let domainResource = "AWS::SWF::Domain"
}
